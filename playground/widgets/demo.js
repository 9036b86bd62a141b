// Below each example the text to paste: what the page itself says there.
for (const example of document.querySelectorAll('[data-example]')) {
  const lines = example.innerHTML.replace(/^\n+|\s+$/g, '').split('\n');
  // Text of policies begins at the line's start and must not lose what it has.
  const indent = /^ */.exec(lines[0])[0].length;
  const text = lines.map((line) => (line.startsWith(' '.repeat(indent)) ? line.slice(indent) : line)).join('\n');
  const details = document.createElement('details');
  const summary = document.createElement('summary');
  summary.textContent = 'The code to paste';
  const pre = document.createElement('pre');
  pre.tabIndex = 0;
  pre.textContent = text;
  details.append(summary, pre);
  example.after(details);
}
