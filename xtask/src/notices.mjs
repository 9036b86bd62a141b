// Writes THIRD_PARTY_NOTICES.md, or says that it is out of date: notices.mjs OUTPUT [--check]
//
// Crates are those that the wasm of the npm package and of the playground is linked from; npm packages those that are
// bundled: what the package-lock.json of a folder says that the named ones need. License texts are the packages' own.

import { execFileSync } from "node:child_process";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

const [output, flag] = process.argv.slice(2);

const BUNDLED = [
  ["playground/editor", (lock) => Object.keys(lock.packages[""].dependencies).filter((name) => name !== "esbuild")],
  // The packages that wasm/npm/build.mjs bundles; the others are tools.
  ["wasm/npm", () => ["commander", "diff", "fflate", "htmlparser2", "js-yaml", "marked", "tinyglobby"]],
];

const shipped = new Map();

const TARGET = ["--filter-platform", "wasm32-unknown-unknown"];
const metadata = JSON.parse(
  execFileSync(process.env.CARGO ?? "cargo", ["metadata", "--format-version", "1", "--locked", ...TARGET], {
    maxBuffer: 1 << 28,
  }),
);
const crates = new Map(metadata.packages.map((crate) => [crate.id, crate]));
const nodes = new Map(metadata.resolve.nodes.map((node) => [node.id, node]));
// The preprocessor of books is a program by itself, which cargo installs from source.
const shippedFrom = ({ name, manifest_path }) => /[/\\](wasm|playground)[/\\]/.test(manifest_path) && name !== "mdbook-admittance";
const waiting = metadata.workspace_members.filter((id) => shippedFrom(crates.get(id)));
for (const id of waiting) {
  const { source, name, version, license, manifest_path } = crates.get(id);
  if (source) add("crate", { name, version, license, folder: dirname(manifest_path) });
  for (const { pkg, dep_kinds } of nodes.get(id).deps) {
    const linked = dep_kinds.some(({ kind }) => kind === null);
    const runsInTheCompiler = crates.get(pkg).targets.some(({ kind }) => kind.includes("proc-macro"));
    if (linked && !runsInTheCompiler && !waiting.includes(pkg)) waiting.push(pkg);
  }
}
for (const [folder, roots] of BUNDLED) {
  const lock = JSON.parse(readFileSync(join(folder, "package-lock.json"), "utf8"));
  const waiting = roots(lock);
  for (const name of waiting) {
    const { version, license, dependencies } = lock.packages[`node_modules/${name}`];
    waiting.push(...Object.keys(dependencies ?? {}).filter((other) => !waiting.includes(other)));
    add("npm", { name, version, license, folder: join(folder, "node_modules", name) });
  }
}

function add(kind, { name, version, license, folder }) {
  shipped.set(`${kind} ${name} ${version}`, { kind, name, version, license, text: licenseText(name, license, folder) });
}

/** The license text in a package's folder; where there is a choice, MIT's. */
function licenseText(name, license, folder) {
  const files = readdirSync(folder).filter((file) => /^(licen[sc]e|copying|unlicense)/i.test(file)).sort();
  const named = (word) => files.find((file) => file.toLowerCase().includes(word));
  const file = (/\bMIT\b/.test(license) && named("mit")) || files.find((file) => /^licen[sc]e(\.|$)/i.test(file)) || files[0];
  if (!file) return undefined;
  const lines = readFileSync(join(folder, file), "utf8").replaceAll("\r\n", "\n").trim().split("\n");
  return lines.map((line) => line.trimEnd()).join("\n");
}

const byName = (one, other) => (one.name < other.name ? -1 : one.name > other.name ? 1 : 0);
const packages = [...shipped.values()].sort(byName);
const texts = new Map();
for (const entry of packages) {
  const { name, version, license, text } = entry;
  // Without a text of its own, what the package declares is all there is.
  const key = text ?? `Declared as ${license}; the package has no license text.`;
  texts.set(key, [...(texts.get(key) ?? []), `${name} ${version}`]);
}

const table = (kind) => [
  "| package | version | license |",
  "|---|---|---|",
  ...packages.filter((entry) => entry.kind === kind).map(({ name, version, license }) => `| ${name} | ${version} | ${license} |`),
];
const document = [
  "# Third-party notices",
  "",
  "What Admittance ships of others, in its wasm, its npm package and its playground. `cargo xtask notices` writes this file.",
  "",
  "## Data",
  "",
  "The catalog of AWS actions: [core/catalog/LICENSES.md](core/catalog/LICENSES.md).",
  "",
  "## Crates",
  "",
  "And Rust's standard library, MIT OR Apache-2.0, Copyright (c) The Rust Project Contributors.",
  "",
  ...table("crate"),
  "",
  "## npm packages",
  "",
  ...table("npm"),
  "",
  "## License texts",
  ...[...texts].flatMap(([text, names]) => ["", `### ${names.join(", ")}`, "", "```text", text, "```"]),
  "",
].join("\n");

if (flag !== "--check") {
  writeFileSync(output, document);
  console.log(`${packages.length} packages in ${output}`);
} else if (readFileSync(output, "utf8") !== document) {
  console.error(`${output} is out of date: \`cargo xtask notices\``);
  process.exit(1);
}
