// What a page gives a widget: its own text, attributes, or values set by a script.

const TEXT_NODE = 3;
const REQUEST_FIELDS = ['principal', 'action', 'resource'];
// By the names that pages use for policy types, the member of a scenario's policies.
const MEMBERS = {
  identity: 'identity',
  resource: 'resource',
  'access-point': 'accessPoint',
  boundary: 'permissionsBoundary',
  session: 'session',
  scp: 'serviceControl',
  rcp: 'resourceControl',
  vpce: 'vpcEndpoint',
};
const LISTS = ['identity', 'resource', 'session'];
const LEVELS = ['serviceControl', 'resourceControl'];

/** The error for content that cannot be shown; its message is for the page's author. */
export class ContentError extends Error {}

/**
 * What the page itself says inside the element: the policies of its code blocks, and the requests of
 * its description lists; or a whole scenario in one code block.
 *
 * A code block is JSON: a policy document, a scenario (an object with `policies`), or a request (an
 * object with `principal`). `data-policy-type` and `data-name` on the block, or on an element around
 * it, say what a policy is.
 */
export function readChildren(host) {
  const found = { scenario: undefined, policies: [], requests: [] };
  for (const block of host.querySelectorAll('pre')) {
    const text = textOf(block).trim();
    if (!text || block.closest('[data-admittance-ignore]')) continue;
    const value = parse(text);
    if (isObject(value) && 'policies' in value) found.scenario = value;
    else if (isObject(value) && 'principal' in value) found.requests.push(value);
    else found.policies.push({ text, type: dataOf(host, block, 'policyType'), name: dataOf(host, block, 'name') });
  }
  for (const list of host.querySelectorAll('dl')) {
    const request = readList(list);
    if (request.principal !== undefined || request.action !== undefined) found.requests.push(request);
  }
  return found;
}

/** A request from a description list: `principal`, `action`, `resource`, and context keys. */
export function readList(list) {
  const request = {};
  const context = {};
  const unknown = [];
  let name;
  for (const child of list.querySelectorAll('dt, dd')) {
    const text = child.textContent.trim();
    if (child.localName === 'dt') {
      name = text.replace(/:$/, '');
      continue;
    }
    if (!name) continue;
    const field = name.toLowerCase();
    if (REQUEST_FIELDS.includes(field)) request[field] = added(request[field], text);
    else if (child.hasAttribute('data-unknown')) unknown.push(name);
    else if (child.hasAttribute('data-absent')) context[name] = null;
    else if (child.hasAttribute('data-list')) context[name] = [context[name] ?? [], text].flat();
    else context[name] = added(context[name], text);
  }
  if (Object.keys(context).length > 0) request.context = context;
  if (unknown.length > 0) request.unknown = unknown;
  return request;
}

/** Kinds of resource-based policies that documents can be checked as, beside the types of policies. */
export const RESOURCE_KINDS = ['role-trust', 'kms-key'];
const CHECKED_TYPES = [...Object.keys(MEMBERS), ...RESOURCE_KINDS];

/** How an example is shown. */
export const MODES = ['readonly', 'editable', 'quiz'];

/** Whether a word was meant to be `admittance`, and is not. */
export function isMisspelt(word) {
  return word !== 'admittance' && /^ad?mm?itt?[ae]n[cs]e?$/i.test(word);
}

/** The type that a document is to be checked as, if there is such a type. */
export function checkedType(type) {
  if (CHECKED_TYPES.includes(type)) return type;
  throw new ContentError(`unknown policy type "${type}"; write one of ${CHECKED_TYPES.join(', ')}`);
}

/** The type of policy that a checked type is one of. */
export function policyTypeOf(type) {
  return RESOURCE_KINDS.includes(type) ? 'resource' : type;
}

/** A scenario of policies, each with its type, and requests. */
export function scenarioOf(policies, requests) {
  const all = {};
  for (const { text, type = 'identity', name } of policies) {
    const member = MEMBERS[type];
    if (!member) throw new ContentError(`unknown policy type "${type}"; write one of ${Object.keys(MEMBERS).join(', ')}`);
    const policy = { ...(name ? { name } : {}), document: text };
    if (LISTS.includes(member)) (all[member] ??= []).push(policy);
    else if (LEVELS.includes(member)) (all[member] ??= []).push({ ...(name ? { name } : {}), policies: [policy] });
    else if (member in all) throw new ContentError(`it holds two policies of type "${type}"; a request has one at most`);
    else all[member] = policy;
  }
  return { policies: all, requests };
}

/** The documents of a scenario: where each is, what it is called, and its text; it can be replaced. */
export function documentsOf(scenario) {
  const documents = [];
  const add = (type, holder, key, location, level) => {
    const value = holder[key];
    const source = isObject(value) && 'document' in value;
    const document = source ? value.document : value;
    documents.push({
      type,
      location,
      name: (source ? value.name : undefined) ?? level,
      text: typeof document === 'string' ? document : JSON.stringify(document, null, 2),
      replace: (text) => {
        if (source) holder[key] = { ...value, document: text };
        else holder[key] = text;
      },
      // Those behind it in a list move up: to remove several, begin at the end.
      remove: () => {
        if (Array.isArray(holder)) holder.splice(key, 1);
        else delete holder[key];
      },
    });
  };
  const policies = scenario.policies ?? {};
  for (const [type, value] of Object.entries(policies)) {
    if (LEVELS.includes(type)) {
      listOf(value).forEach((level, at) =>
        listOf(level?.policies).forEach((_, index) =>
          add(type, level.policies, index, `policies.${type}[${at}].policies[${index}]`, level.name)));
    } else if (Array.isArray(value)) {
      value.forEach((_, index) => add(type, value, index, `policies.${type}[${index}]`));
    } else if (value) {
      add(type, policies, type, type === 'resource' ? 'policies.resource[0]' : `policies.${type}`);
    }
  }
  // Ranges in results count in the text, so the engine gets the text that is shown.
  for (const each of documents) each.replace(each.text);
  return documents;
}

/** A value that a script or an attribute gives: JSON text or an object; undefined for nothing. */
export function valueOf(given, what) {
  if (given === undefined || given === null || given === '') return undefined;
  if (typeof given !== 'string') return structuredClone(given);
  const value = parse(given);
  if (value === undefined) throw new ContentError(`the ${what} is not valid JSON`);
  return value;
}

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The text of a code block. Highlighters put lines into elements of their own. */
function textOf(block) {
  let text = '';
  const walk = (node) => {
    if (node.nodeType === TEXT_NODE) text += node.data;
    else if (node.localName === 'br') text += '\n';
    // Buttons that documentation sites put into code blocks.
    else if (node.localName !== 'button') node.childNodes.forEach(walk);
  };
  walk(block.querySelector('code') ?? block);
  return text;
}

function dataOf(host, block, name) {
  for (let at = block.querySelector('code') ?? block; at && at !== host; at = at.parentElement) {
    if (at.dataset[name] !== undefined) return at.dataset[name];
  }
  return host.dataset[name];
}

function added(value, text) {
  return value === undefined ? text : [value, text].flat();
}

/** What is no list is left to the engine, which says what is wrong with it. */
function listOf(value) {
  return Array.isArray(value) ? value : [];
}

/** Whether a value is an object of JSON. */
export function isObject(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
