// The examples: cases of the corpus by topic, in one file that the page fetches when they are first asked for.
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const playground = join(dirname(fileURLToPath(import.meta.url)), "..");

/** The topics with their cases; the text of a case is the gallery's own, or else the corpus's description. */
export function gallery() {
  const topics = JSON.parse(readFileSync(join(playground, "gallery.json"), "utf8"));
  return topics.map(({ name, text, cases }) => ({ name, text, cases: cases.map(example) }));
}

function example({ case: path, text }) {
  const scenario = readFileSync(join(playground, "../tests/corpus", `${path}.json`), "utf8");
  const { name, description, source, requests } = JSON.parse(scenario);
  return {
    slug: path.replace(/^gallery\//, "").replace("/", "-"),
    title: name,
    text: text ?? description,
    source,
    requests: requests.map(({ name, action, expect }) => ({ name: name ?? action, decision: expect.decision })),
    scenario,
  };
}

export function writeGallery(dist) {
  writeFileSync(join(dist, "gallery.json"), JSON.stringify(gallery()));
}
