// Serves the built playground below a path of its own, so that absolute addresses in it would fail.
import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { dirname, extname, join, normalize, sep } from "node:path";
import { fileURLToPath } from "node:url";

const dist = process.env.ADMITTANCE_DIST ?? join(dirname(fileURLToPath(import.meta.url)), "../../dist");
const base = "/some/path/";
const types = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".wasm": "application/wasm",
  ".svg": "image/svg+xml",
  ".json": "application/json",
  ".webmanifest": "application/manifest+json",
};

/** Starts a server on a free port; gives the playground's address and a way to stop. */
export function serve() {
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url, "http://localhost");
    const rest = pathname.startsWith(base) ? normalize(pathname.slice(base.length).replace(/(^|\/)$/, "$1index.html")) : "..";
    try {
      if (rest.split(sep).includes("..")) throw new Error("outside");
      const body = await readFile(join(dist, rest));
      response.writeHead(200, { "content-type": types[extname(rest)] ?? "application/octet-stream" });
      response.end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => {
      resolve({
        url: `http://127.0.0.1:${server.address().port}${base}`,
        close: () => new Promise((closed) => server.close(closed)),
      });
    });
  });
}
