// Documentation: `admittance docs check`, and what becomes of a fence in markdown-it.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import MarkdownIt from 'markdown-it';
import { repository } from './helpers/paths.mjs';
import { installed } from './helpers/project.mjs';

const { default: admittance } = await import(pathToFileURL(join(installed, 'markdown-it.js')));
const directory = mkdtempSync(join(tmpdir(), 'admittance-docs-'));
after(() => rmSync(directory, { recursive: true }));

const request = { principal: 'arn:aws:iam::111122223333:user/ana', action: 's3:GetObject', resource: 'arn:aws:s3:::b/k' };
const document = { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: 's3:*', Resource: '*' } };
const scenario = (decision, more) =>
  JSON.stringify({ policies: { identity: [document] }, requests: [{ ...request, ...(decision && { expect: { decision } }), ...more }] });
const fence = (text, info = 'admittance') => `\`\`\`${info}\n${text}\n\`\`\`\n`;
const list = `<dl><dt>principal</dt><dd>${request.principal}</dd><dt>action</dt><dd>${request.action}</dd></dl>`;

/** What `docs check` says of one page: its exit status, and each example as a text. */
function check(page, name = 'page.md', ...options) {
  const path = join(directory, name);
  writeFileSync(path, page);
  const { status, stdout, stderr } = run(['docs', 'check', path, '--format', 'json', ...options]);
  assert.ok(stdout, stderr);
  const cases = JSON.parse(stdout).files.flatMap((file) => file.cases);
  return [status, ...cases.map((each) => [each.status, each.name, ...each.lines].join('; '))];
}

function run(args) {
  return spawnSync(process.execPath, [join(installed, 'cli.js'), ...args], { encoding: 'utf8', timeout: 60_000, cwd: repository });
}

const pages = [
  ['a right decision', fence(scenario('Allow')), 0, 'passed; line 1'],
  ['a wrong decision', `Title\n=====\n\n${fence(scenario('ImplicitDeny'))}`, 1, 'failed; line 4; decision: expected ImplicitDeny, got Allow; Allowed: the identity-based policy allows s3:GetObject.'],
  ['no stated decision', fence(scenario()), 0, 'skipped; line 1; states no decision: Allow'],
  ['an error in the policy', fence(scenario('Allow').replace('"Effect":"Allow"', '"Effect":"Alow"')), 1, 'failed; line 1; decision: expected Allow, got Invalid; policies.identity[0]: `Alow` is no effect'],
  ['no JSON', fence('{'), 1, 'failed; line 1; it is no scenario: this object is not closed (line 1 of it, column 1)'],
  ['a fence in a list', `1. One\n\n   ${fence(scenario('Allow')).trimEnd().replaceAll('\n', '\n   ')}\n`, 0, 'passed; line 3'],
  ['another fence', fence(scenario('ImplicitDeny'), 'json'), 0],
  ['a fence in a mode that there is not', fence(scenario('Allow'), 'admittance loud'), 1, 'failed; line 1; unknown mode "loud"; write one of readonly, editable, quiz'],
  ['a quiz', fence(scenario('Allow'), 'admittance quiz'), 0, 'passed; line 1'],
  ['a fence of a misspelt word', `\n${fence(scenario('Allow'), 'Admittance quiz')}`, 1, 'failed; line 2; the word after the fence\'s marks is "Admittance"; write admittance'],
  ['a fence of another misspelt word', fence(scenario('Allow'), 'admitance'), 1, 'failed; line 1; the word after the fence\'s marks is "admitance"; write admittance'],
  ['a fence of another word', fence(scenario('ImplicitDeny'), 'admittance-x'), 0],
  ['an element in a fence of HTML', `\nPaste this:\n\n${fence(`<admittance-decision expect="ImplicitDeny">\n<pre><code>${JSON.stringify(document)}</code></pre>\n${list}\n</admittance-decision>`, 'html')}`, 1, 'failed; line 5; decision: expected ImplicitDeny, got Allow; Allowed: the identity-based policy allows s3:GetObject.'],
  ['an element in prose', 'Write `<admittance-decision>` and text.\n', 0],
  ['an element around a fence', `<admittance-decision expect="Allow">\n\n${fence(JSON.stringify(document), 'json')}\n${list}\n\n</admittance-decision>\n`, 0, 'passed; line 1'],
  ['an element around a fence, wrong', `\n<admittance-decision expect="ExplicitDeny">\n\n${fence(JSON.stringify(document), 'json')}\n${list}\n\n</admittance-decision>\n`, 1, 'failed; line 2; decision: expected ExplicitDeny, got Allow; Allowed: the identity-based policy allows s3:GetObject.'],
];

for (const [what, page, ...expected] of pages) {
  test(`Markdown: ${what}`, () => assert.deepEqual(check(page), expected));
}

const indented = (text, by) => text.replace(/^(?=.)/gm, ' '.repeat(by));
const literal = (text) => `{\`${text.replace(/[`$\\]/g, '\\$&')}\`}`;
const spaced = JSON.stringify(JSON.parse(scenario('Allow')), null, 2).replace('{\n', '{\n\n');

const mdx = [
  ['a fence directly after a tag, with a blank line in it', `<Tabs>\n${fence(spaced)}</Tabs>\n`, 0, 'passed; line 2'],
  ['a wrong decision directly after a tag', `# Title\n\n<Tabs>\n${fence(scenario('ImplicitDeny'))}</Tabs>\n\n${fence(scenario('Allow'))}`, 1, 'failed; line 4; decision: expected ImplicitDeny, got Allow; Allowed: the identity-based policy allows s3:GetObject.', 'passed; line 9'],
  ['a fence indented by four spaces, and by eight', `<Tabs>\n\n${indented(fence(scenario('Allow')), 4)}\n${indented(fence(spaced, 'admittance quiz'), 8)}\n</Tabs>\n`, 0, 'passed; line 3', 'passed; line 7'],
  ['fences in lists', `- \`\`\`admittance\n  ${scenario('Allow')}\n  \`\`\`\n  - Two\n\n    ${fence(scenario('Allow')).trimEnd().replaceAll('\n', '\n    ')}\n`, 0, 'passed; line 1', 'passed; line 6'],
  ['a fence in a comment', `{/*\n${fence(scenario('ImplicitDeny'))}*/}\n\n${fence(scenario('Allow'))}`, 0, 'passed; line 7'],
  ['a fence that shows a fence', `\`\`\`\`md\n${fence(scenario('ImplicitDeny'))}\`\`\`\`\n`, 0],
  ['an element with its text in backticks', `  <admittance-policy>\n    <pre><code>${literal(JSON.stringify({ ...document, Statement: { ...document.Statement, Resource: 'arn:aws:s3:::b/${aws:username}' } }, null, 2).replace('{\n', '{\n\n'))}</code></pre>\n  </admittance-policy>\n`, 0, 'passed; line 1'],
];

for (const [what, page, ...expected] of mdx) {
  test(`MDX: ${what}`, () => assert.deepEqual(check(page, 'page.mdx'), expected));
}

test('Markdown that is to be read as MDX', () => {
  const [, page, ...expected] = mdx[1];
  assert.deepEqual(check(page, 'page.md', '--mdx'), expected);
  assert.notDeepEqual(check(page, 'page.md'), expected);
});

const code = (value, attributes = '') => `<pre ${attributes}><code>${JSON.stringify(value).replaceAll('"', '&quot;')}</code></pre>`;

const html = [
  ['an unclosed list item and entities', `<ul><li><admittance-decision expect="Allow">${code(document)}${list}</admittance-decision></ul>`, 0, 'passed; line 1'],
  ['several values, absent and unknown keys', `<admittance-decision expect="Depends">${code({ ...document, Statement: { ...document.Statement, Condition: { StringEquals: { 'aws:x': 'a' } } } })}<dl><dt>principal<dd>${request.principal}<dt>action<dd>s3:GetObject<dt>resource<dd>arn:aws:s3:::b/1<dd>arn:aws:s3:::b/2<dt>aws:x<dd data-unknown>?<dt>aws:y<dd data-absent>none</dl></admittance-decision>`, 0, 'passed; line 1'],
  ['an SCP next to it', `<admittance-decision expect="ImplicitDeny">${code(document)}${code({ ...document, Statement: { ...document.Statement, Action: 'ec2:*' } }, 'data-policy-type="scp"')}${list}</admittance-decision>`, 0, 'passed; line 1'],
  ['two requests under one expectation', `<admittance-decision expect="Allow">${code({ ...document, Statement: { ...document.Statement, Action: 's3:Get*' } })}${list}${list.replace('GetObject', 'PutObject')}</admittance-decision>`, 1, 'passed; line 1: request 0', 'failed; line 1: request 1; decision: expected Allow, got ImplicitDeny; Denied: no identity-based policy allows s3:PutObject.'],
  ['two boundaries', `<admittance-decision expect="Allow">${code(document)}${code(document, 'data-policy-type="boundary"')}${code(document, 'data-policy-type="boundary"')}${list}</admittance-decision>`, 1, 'failed; line 1; it holds two policies of type "boundary"; a request has one at most'],
  ['a level that is none', `<admittance-decision>${code({ policies: { identity: [document], serviceControl: [null] }, requests: [request] })}</admittance-decision>`, 1, 'failed; line 1; nothing is decided; policies.serviceControl[0]: policies.serviceControl[0] has to be an object, not null'],
  ['an element that there is not', `\n<admittance-desicion expect="Allow">${code(document)}${list}</admittance-desicion>`, 1, 'failed; line 2; unknown element <admittance-desicion>; write one of admittance-decision, admittance-policy, admittance-compare'],
  ['an element of a misspelt word', `<admitance-policy>${code(document)}</admitance-policy>`, 1, 'failed; line 1; unknown element <admitance-policy>; write one of admittance-decision, admittance-policy, admittance-compare'],
  ['a decision that there is not', `<admittance-decision expect="Deny">${code(document)}${list}</admittance-decision>`, 1, 'failed; line 1; unknown decision "Deny"; write one of Allow, ExplicitDeny, ImplicitDeny, Depends, Invalid'],
  ['a policy of a type that there is not', `<admittance-policy policy-type="SCP">${code(document)}</admittance-policy>`, 1, 'failed; line 1; unknown policy type "SCP"; write one of identity, resource, access-point, boundary, session, scp, rcp, vpce, role-trust, kms-key'],
  ['a comparison of attributes', `<admittance-compare before='${JSON.stringify(document)}' after='${JSON.stringify(document).replace('Allow', 'Deny')}'>${list}</admittance-compare>`, 0, 'skipped; line 1: before, request 0; states no decision: Allow', 'skipped; line 1: after, request 0; states no decision: ExplicitDeny'],
  ['a policy', `\n<admittance-policy policy-type="scp">${code({ ...document, Statement: { ...document.Statement, Principal: '*' } })}</admittance-policy>`, 1, 'failed; line 2; Principal has no place in this type of policy'],
  ['a policy that is meant to be wrong', `<admittance-policy data-invalid>${code({ Version: '2012-10-17' })}</admittance-policy>`, 0, 'passed; line 1'],
  ['a comparison of SCPs, with a policy that holds in both', `<admittance-compare>${code(document, 'data-policy-type="scp"')}${code(document, 'data-policy-type="scp"').replace('Allow', 'Deny')}${code(document)}${list}</admittance-compare>`, 0, 'skipped; line 1: before, request 0; states no decision: Allow', 'skipped; line 1: after, request 0; states no decision: ExplicitDeny'],
  ['a request that is none', `<admittance-decision>${code({ policies: {}, requests: [null] })}</admittance-decision>`, 1, 'failed; line 1; a request has to be an object with principal, action and resource'],
  ['a comparison with one policy', `<admittance-compare>${code(document)}${list}</admittance-compare>`, 1, 'failed; line 1; it holds no two policies: a code block with the policy before, and one with it after'],
];

for (const [what, page, ...expected] of html) {
  test(`HTML: ${what}`, () => assert.deepEqual(check(page, 'page.html'), expected));
}

test('the documentation of this project is right', () => {
  const { status, stdout } = run(['docs', 'check', 'README.md', 'wasm/npm/README.md', 'playground', 'tests/sites/page.md', '--format', 'json']);
  const cases = JSON.parse(stdout).files.flatMap((file) => file.cases);
  assert.deepEqual(cases.filter((each) => each.status === 'failed'), []);
  assert.equal(status, 0);
  assert.ok(cases.filter((each) => each.status === 'passed').length >= 8, stdout);
});

test('markdown-it: a fence becomes an element, with the decision in words', () => {
  const md = new MarkdownIt().use(admittance);
  const text = md.render(`Before\n\n${fence(scenario('Allow'))}\n${fence('{}', 'json')}`);
  assert.match(text, /<admittance-decision mode="readonly">\n<pre><code class="language-json">\{&quot;policies&quot;/);
  assert.match(text, /<p><strong>Allowed\.<\/strong> The identity-based policy allows s3:GetObject\.<\/p>\n<\/admittance-decision>/);
  assert.match(text, /<pre><code class="language-json">\{\}\n<\/code><\/pre>/);
  assert.match(md.render(fence(scenario('Allow'), 'admittance quiz')), /mode="quiz">[^]*<details>\n<summary>Answer<\/summary>\n<p><strong>Allowed/);
});

for (const [what, page, message] of [
  ['another decision', `Text\n\n${fence(scenario('ExplicitDeny'))}`, 'admittance in line 3: the example states another decision: decision: expected ExplicitDeny, got Allow'],
  ['no scenario', fence('{ "policies": {} }'), /^admittance in line 1: the example cannot be decided: /],
  ['a misspelt word', fence(scenario(), 'Admittance'), 'admittance in line 1: "Admittance": the word of an example is "admittance"'],
  ['an unknown mode', fence(scenario(), 'admittance loud'), 'admittance in line 1: "admittance loud": after "admittance" comes one of readonly, editable, quiz, or nothing'],
]) {
  test(`markdown-it: ${what} fails the build`, () => assert.throws(() => new MarkdownIt().use(admittance).render(page), { message }));
}

test('markdown-it: markup in an example is text', () => {
  const md = new MarkdownIt().use(admittance);
  const text = md.render(fence(scenario(undefined, { name: '<img src=x>' }).replace('"Statement"', '"Id":"</code><script>","Statement"')));
  assert.doesNotMatch(text, /<img|<script/);
});
