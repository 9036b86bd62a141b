// The page of what others made: where the catalog of actions comes from, and the notices of what is linked in.
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "../..");
const text = (path) => readFileSync(join(root, path), "utf8");
const escaped = (text) => text.replace(/[&<>]/g, (sign) => `&#${sign.codePointAt(0)};`);

export function writeSources(dist) {
  const { source, version, date, dependentActionsFrom, counts } = JSON.parse(text("core/catalog/aws.meta.json"));
  const rows = ["services", "actions", "resource types", "condition keys"].map(
    (what) => `<li><b>${counts[what].toLocaleString("en")}</b> ${what}</li>`,
  );
  const files = readdirSync(dist);
  const built = (name, extension) => files.find((file) => file.startsWith(`${name}-`) && file.endsWith(`.${extension}`));
  const sheets = [join(dist, built("tokens", "css")), join(dist, built("base", "css")), join(root, "playground/styles/sources.css")];
  writeFileSync(join(dist, "sources.css"), sheets.map((path) => readFileSync(path, "utf8")).join("\n"));
  const html = `<!doctype html>
<html lang="en" data-theme="system">
  <head>
    <meta charset="utf-8" />
    <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <meta name="referrer" content="no-referrer" />
    <title>Admittance: sources and licenses</title>
    <link rel="icon" href="./${files.find((file) => /^icon-[0-9a-f]+\.svg$/.test(file))}" type="image/svg+xml" />
    <link rel="stylesheet" href="./sources.css" />
  </head>
  <body class="sources">
    <main>
      <p><a href="./">Back to the playground</a></p>
      <h1>Sources and licenses</h1>
      <p>Admittance is licensed under MIT or Apache-2.0, as you choose.</p>
      <h2>The catalog of AWS’s actions</h2>
      <p>
        Made from ${escaped(source)} ${escaped(version)}, whose facts are of ${escaped(date)}, and, for the actions that
        depend on others, from ${escaped(dependentActionsFrom)}. Both collect AWS’s Service Authorization Reference.
      </p>
      <ul class="sources-counts">${rows.join("")}</ul>
      <pre tabindex="0" aria-label="Licenses of the catalog’s data">${escaped(text("core/catalog/LICENSES.md"))}</pre>
      <h2>Notices</h2>
      <pre tabindex="0" aria-label="Third-party notices">${escaped(text("THIRD_PARTY_NOTICES.md"))}</pre>
    </main>
  </body>
</html>
`;
  writeFileSync(join(dist, "sources.html"), html);
}
