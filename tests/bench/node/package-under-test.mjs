// The built npm package, as `cargo xtask npm` leaves it.
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const folder = process.env.ADMITTANCE_PACKAGE;
if (!folder) throw new Error('ADMITTANCE_PACKAGE does not name the folder of the built npm package');
export const entry = pathToFileURL(resolve(folder, 'node.js')).href;
