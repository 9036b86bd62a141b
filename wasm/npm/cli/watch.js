// Runs a command again whenever a file changes.

import { watch } from 'node:fs';
import { dirname } from 'node:path';
import { Failure } from './failure.js';
import { style } from './style.js';

/** Runs `once`, and again after each change in a folder of `files()`, until it is interrupted; gives the last status. */
export async function watching(args, files, once) {
  if (args.includes('-')) throw new Failure('--watch and standard input do not go together', 'name files');
  const again = async () => {
    try {
      console.log(style.dim(`${new Date().toLocaleTimeString()}\n`));
      return await once();
    } catch (thrown) {
      // A file that is being written may be unreadable for a moment.
      if (!(thrown instanceof Failure)) throw thrown;
      console.error(`${style.error('error:')} ${thrown.message}`);
      return 2;
    }
  };
  let status = await again();
  let timer;
  for (const folder of new Set(files().map((file) => dirname(file)))) {
    watch(folder, () => {
      clearTimeout(timer);
      timer = setTimeout(async () => (status = await again()), 100);
    });
  }
  await new Promise((resolve) => process.once('SIGINT', resolve).once('SIGTERM', resolve));
  return process.exit(status);
}
