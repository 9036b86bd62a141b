// The way from a widget to the playground: what it shows goes along in the fragment of the address, which browsers
// do not send. The form is the playground's own, playground/src/share.rs.
import { documentsOf } from './content.js';
import { h } from './dom.js';
import { words } from './words.js';

const FORMAT = 'deflate-raw';
/** The two versions of links: the request, in the second also what is switched off, and the data. */
const FORMS = [/^share=1\.\d+\.(\d+)()\.([\w-]+)$/, /^share=2\.\d+\.(\d+)\.(\d+(?:-\d+)*)\.([\w-]+)$/];
/** The longest text that a link may unpack to. */
const MAX_TEXT = 1 << 20;

/**
 * A link that takes the scenario along, if the element or the page says where the playground is.
 * `shown` gives the scenario, the index of its request, and the numbers of documents that are switched off.
 */
export function playgroundLink(element, shown) {
  const base = element.getAttribute('playground') ?? document.querySelector('meta[name="admittance-playground"]')?.content;
  if (!base) return undefined;
  const address = async () => {
    const { scenario, request, off } = shown();
    const url = new URL(base, document.baseURI);
    url.hash = await toFragment(scenario, request, off);
    return url.href;
  };
  const link = h('a', { class: 'open', part: 'open', href: base, target: '_blank', rel: 'noopener' }, words.open);
  // Made when it may be needed, since the reader changes the scenario.
  let filled = false;
  const fill = async () => {
    filled = false;
    // Without it the link leads to the playground all the same.
    link.href = await address().catch(() => base);
    filled = true;
  };
  for (const event of ['pointerenter', 'focus']) link.addEventListener(event, fill);
  // A finger clicks where it comes to: the click waits.
  link.addEventListener('click', async (event) => {
    if (filled) return;
    event.preventDefault();
    await fill();
    link.click();
  });
  return link;
}

/**
 * A scenario and the index of its chosen request as a fragment, without the `#`. Documents that are `off` are given by their
 * numbers in the order of the scenario's places.
 */
export async function toFragment(scenario, request, off = []) {
  const text = new Blob([JSON.stringify(scenario)]);
  const packed = await new Response(text.stream().pipeThrough(new CompressionStream(FORMAT))).arrayBuffer();
  let letters = '';
  for (const byte of new Uint8Array(packed)) letters += String.fromCharCode(byte);
  const data = btoa(letters).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
  return off.length > 0 ? `share=2.0.${request}.${off.join('-')}.${data}` : `share=1.0.${request}.${data}`;
}

/**
 * What `toFragment` or the playground made; undefined for anything else, and for more than a link may hold. Documents
 * that are switched off in the playground are left out.
 */
export async function fromFragment(fragment) {
  const [, request, off, data] = FORMS.map((form) => form.exec(fragment)).find(Boolean) ?? [];
  if (data === undefined) return undefined;
  try {
    const letters = atob(data.replaceAll('-', '+').replaceAll('_', '/'));
    const packed = Uint8Array.from(letters, (letter) => letter.charCodeAt(0));
    const reader = new Blob([packed]).stream().pipeThrough(new DecompressionStream(FORMAT)).getReader();
    const decoder = new TextDecoder('utf-8', { fatal: true });
    let text = '';
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      text += decoder.decode(value, { stream: true });
      if (text.length > MAX_TEXT) return undefined;
    }
    const scenario = JSON.parse(text + decoder.decode());
    if (off) switchOff(scenario, off.split('-').map(Number));
    return { scenario, request: Number(request) };
  } catch {
    return undefined;
  }
}

/** Takes documents out of a scenario, by their numbers in the order of its places. */
function switchOff(scenario, numbers) {
  const documents = documentsOf(scenario);
  for (const number of numbers.sort((one, other) => other - one)) {
    if (!documents[number]) throw new Error(`there is no document ${number}`);
    documents[number].remove();
  }
}
