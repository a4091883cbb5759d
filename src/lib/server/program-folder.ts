// The folder of the program: where package.json, static/ and src/ lie. Searched upwards from here, because the built app
// carries this file to another place.

import fs from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** @throws Error when the program was taken apart, and static/basemap does not lie above its code */
export function programFolder(): string {
	for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
		if (fs.existsSync(join(folder, 'package.json')) && fs.existsSync(join(folder, 'static/basemap'))) return folder;
		if (folder === dirname(folder)) throw new Error('The folder of the program was not found.');
	}
}
