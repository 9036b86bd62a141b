// Bundles the editor to one ES module. Trunk calls this before every build of the page.
import { execFileSync } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const bundle = join(here, "dist", "editor.js");
const lock = join(here, "package-lock.json");
const installed = join(here, "node_modules", ".package-lock.json");

// npm stamps this file when it installs; a newer lock file means that packages are missing.
if (!existsSync(installed) || statSync(installed).mtimeMs < statSync(lock).mtimeMs) {
  console.log("playground/editor: installing npm packages");
  const npm = process.platform === "win32" ? "npm.cmd" : "npm";
  execFileSync(npm, ["ci", "--no-audit", "--no-fund"], {
    cwd: here,
    stdio: "inherit",
    shell: process.platform === "win32",
  });
}

const { build } = await import("esbuild");
await build({
  absWorkingDir: here,
  entryPoints: ["src/index.js"],
  outfile: bundle,
  bundle: true,
  format: "esm",
  target: "es2022",
  minify: true,
  legalComments: "none",
  logLevel: "warning",
});
