// JUnit's XML, as CI servers read it.

/** What XML cannot hold is left out. */
const escaped = (text) =>
  String(text)
    .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '')
    .replace(/[&<>"]/g, (character) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[character]);

const attributes = (values) =>
  Object.entries(values)
    .map(([name, value]) => ` ${name}="${escaped(value).replaceAll('\n', '&#10;')}"`)
    .join('');

export function junit(files) {
  const suites = files.map(({ file, cases }) => {
    const lines = cases.map(({ name, status, lines }) => {
      const open = `    <testcase${attributes({ name, classname: file })}`;
      if (status === 'passed') return `${open}/>`;
      const inner = status === 'failed' ? `<failure${attributes({ message: lines[0] ?? '' })}>${escaped(lines.join('\n'))}</failure>` : '<skipped/>';
      return `${open}>${inner}</testcase>`;
    });
    return `  <testsuite${attributes({ name: file, ...counts(cases) })}>\n${lines.join('\n')}\n  </testsuite>`;
  });
  const all = counts(files.flatMap(({ cases }) => cases));
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites${attributes({ name: 'admittance', ...all })}>\n${suites.join('\n')}\n</testsuites>`;
}

function counts(cases) {
  const of = (status) => cases.filter((one) => one.status === status).length;
  return { tests: cases.length, failures: of('failed'), skipped: of('skipped') };
}
