// The widget in a frame, for pages that may not run scripts. What it shows is in the fragment of its address,
// `#share=…`, and `&mode=quiz` or `&mode=editable` after it.
import { fromFragment } from './widgets.js';

const height = new ResizeObserver(() => {
  // For pages that do run scripts: a frame does not grow by itself.
  parent.postMessage({ type: 'admittance-height', height: document.documentElement.scrollHeight }, '*');
});

async function show() {
  const [share, ...options] = location.hash.slice(1).split('&');
  const given = await fromFragment(share);
  if (!given) {
    const message = document.createElement('p');
    message.textContent = 'This address holds no example: it is cut off, or was made by another version.';
    document.body.replaceChildren(message);
    return;
  }
  const widget = document.createElement('admittance-decision');
  widget.scenario = given.scenario;
  widget.selected = given.request;
  widget.mode = new URLSearchParams(options.join('&')).get('mode') ?? '';
  document.body.replaceChildren(widget);
}

addEventListener('hashchange', show);
height.observe(document.documentElement);
show();
