// Pages with an example that is wrong: no generator builds them, and each says where the mistake is, and what.
import { pathToFileURL } from "node:url";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { here, packageFolder, sites, wrongPage } from "./sites.mjs";

const wrong = "the example states another decision: decision: expected Allow, got ExplicitDeny";
const messages = {
  mdBook: `nested/denies.md: line 20: ${wrong}`,
  Docusaurus: `admittance: ${wrong}`,
  Eleventy: `admittance in line 20: ${wrong}`,
};

for (const [name, message] of Object.entries(messages)) {
  test(`${name}: a page with a wrong decision is not built`, () => {
    let failure;
    try {
      sites[name].build(wrongPage);
    } catch (thrown) {
      failure = thrown;
    }
    expect(failure?.status).toBeGreaterThan(0);
    const said = failure.stdout + failure.stderr;
    expect(said).toContain(message);
    expect(said).toMatch(name === "mdBook" ? /denies\.md/ : /index\.md/);
  });
}

const request = `"requests": [{ "principal": "arn:aws:iam::111122223333:user/ana", "action": "s3:GetObject" }]`;
const scenario = (policies, more = "") => `{ "policies": ${policies}, ${request}${more} }`;
const pages = [
  ["what is no JSON", '{\n  "policies": }', "admittance", /^admittance: the example cannot be decided: .+ \(line 2 of it, column 15\)$/],
  ["a type of policy that there is not", scenario('{ "identiti": [] }'), "admittance", /^admittance: the example cannot be decided: .*identiti/],
  ["an error in a policy", scenario('{ "identity": [{ "Version": "2012-10-17", "Statement": { "Effect": "Alow", "Action": "*", "Resource": "*" } }] }'), "admittance", "admittance: the example cannot be decided: policies.identity[0]: `Alow` is no effect"],
  ["no request", '{ "policies": {}, "requests": [] }', "admittance", "admittance: the example has no request"],
  ["a decision that is not made", scenario("{}").replace(" }]", ', "expect": { "decision": "Allow" } }]'), "admittance quiz", "admittance: the example states another decision: decision: expected Allow, got ImplicitDeny"],
  ["a decision that there is not", scenario("{}").replace(" }]", ', "expect": { "decision": "Alow" } }]'), "admittance", /^admittance: the example cannot be decided: .*Alow/],
  ["a mode that there is not", scenario("{}"), "admittance loud", 'admittance: "admittance loud": after "admittance" comes one of readonly, editable, quiz, or nothing'],
];

test.describe("the remark plugin", () => {
  let compile;
  let admittance;

  test.beforeAll(async () => {
    // What Docusaurus itself compiles its pages with.
    const load = (path) => import(pathToFileURL(path).href);
    ({ compile } = await load(join(here, "docusaurus/node_modules/@mdx-js/mdx/index.js")));
    ({ default: admittance } = await load(join(packageFolder(), "remark.js")));
  });

  for (const [what, text, info, message] of pages) {
    for (const format of ["md", "mdx"]) {
      test(`${what}: the fence's place and the reason, in ${format}`, async () => {
        const page = `# Title\n\n- One\n\n  \`\`\`${info}\n${text.replace(/^/gm, "  ")}\n  \`\`\`\n`;
        const failure = await compile(page, { format, remarkPlugins: [admittance] }).catch((thrown) => thrown);
        expect(failure.reason).toEqual(typeof message === "string" ? message : expect.stringMatching(message));
        expect([failure.line, failure.column]).toEqual([5, 3]);
      });
    }
  }

  test("other fences stay, and an example that is right becomes an element", async () => {
    const page = `\`\`\`json\n{}\n\`\`\`\n\n\`\`\`admittance\n${scenario("{}")}\n\`\`\`\n`;
    const made = String(await compile(page, { remarkPlugins: [admittance], jsx: true }));
    expect(made).toContain('_components["admittance-decision"]');
    expect(made).toContain('mode="readonly"');
    expect(made).toContain("Denied implicitly.");
    expect(made.match(/language-json/g)).toHaveLength(2);
  });
});
