// Where things are. Nothing here looks into the sources of the package: the tests see what npm packed.

import { accessSync, constants } from 'node:fs';
import { delimiter, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const here = resolve(dirname(fileURLToPath(import.meta.url)), '..');
export const repository = resolve(here, '../..');
export const tarball = resolve(
  process.env.ADMITTANCE_TARBALL ?? join(repository, 'target/npm/admittance.tgz'),
);

/** The Chromium to test in. */
export function chromium() {
  const names = [process.env.CHROMIUM, 'chromium', 'chromium-browser', 'google-chrome'];
  for (const name of names.filter(Boolean)) {
    for (const directory of name.includes('/') ? [''] : process.env.PATH.split(delimiter)) {
      const path = join(directory, name);
      try {
        accessSync(path, constants.X_OK);
        return path;
      } catch {
        // Not here.
      }
    }
  }
  throw new Error('no Chromium found: install one, or name it in CHROMIUM');
}
