// The worker that answers the page's questions (see client.js). The build puts in the names of both files.
import init, { ask, loadCatalog } from "GLUE";

const program = init({ module_or_path: "WASM" });

async function load(catalog) {
  await program;
  postMessage({ state: loadCatalog(new Uint8Array(catalog)) ? "ready" : "catalog-failed" });
}

async function answer({ id, question, input }) {
  try {
    await program;
    postMessage({ id, answer: ask(question, input) });
  } catch {
    failed();
  }
}

// The program was not loaded, or stopped: nothing can be asked of this worker any more.
function failed() {
  postMessage({ state: "failed" });
}

self.onmessage = ({ data }) => {
  if (data.catalog) load(data.catalog).catch(failed);
  else answer(data);
};

program.then(
  () => postMessage({ state: "without-catalog" }),
  failed,
);
