// DATA_DIR/sign-in.json, readable by the account that runs the server only: the links of this start.

import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

export interface SignInLink {
	kind: string;
	label: string;
	url: string;
}

const fileIn = (dataDir: string) => join(dataDir, 'sign-in.json');

export function keepLinks(dataDir: string, at: Date, links: readonly SignInLink[]): void {
	mkdirSync(dataDir, { recursive: true });
	const file = fileIn(dataDir);
	writeFileSync(`${file}.new`, JSON.stringify({ at: at.toISOString(), links }, null, '\t') + '\n', { mode: 0o600 });
	renameSync(`${file}.new`, file);
}

/** The file, where it holds any. */
export function placeOfLinks(dataDir: string): string | undefined {
	const file = fileIn(dataDir);
	const { links } = JSON.parse(readFileSync(file, 'utf8')) as { links: SignInLink[] };
	return links.length > 0 ? resolve(file) : undefined;
}
