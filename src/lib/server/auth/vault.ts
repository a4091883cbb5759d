// Seals the few secrets that must be read again (those of authenticators): AES-256-GCM under a key that stands in a file
// beside the data, not in the database. A stolen dump of the database alone opens nothing.

import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

const ALGORITHM = 'aes-256-gcm';
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
/** First byte of what is sealed: which algorithm and layout this is. */
const FORM = 1;

export interface Vault {
	/** @param bound - what the secret belongs to; it opens for nothing else */
	seal(secret: string, bound: string): Buffer;
	/** @throws Error when the key is another one or the bytes were changed */
	open(sealed: Buffer, bound: string): string;
}

/** @param file - made on first use, readable by this account only; processes on one database share it */
export function openVault(file: string): Vault {
	const key = keyOf(file);
	return {
		seal(secret, bound) {
			const nonce = randomBytes(NONCE_BYTES);
			const cipher = createCipheriv(ALGORITHM, key, nonce).setAAD(Buffer.from(bound));
			const body = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
			return Buffer.concat([Buffer.of(FORM), nonce, cipher.getAuthTag(), body]);
		},
		open(sealed, bound) {
			if (sealed[0] !== FORM) throw new Error('A sealed secret has an unknown form.');
			const nonce = sealed.subarray(1, 1 + NONCE_BYTES);
			const tag = sealed.subarray(1 + NONCE_BYTES, 1 + NONCE_BYTES + TAG_BYTES);
			const decipher = createDecipheriv(ALGORITHM, key, nonce).setAAD(Buffer.from(bound)).setAuthTag(tag);
			const body = sealed.subarray(1 + NONCE_BYTES + TAG_BYTES);
			return Buffer.concat([decipher.update(body), decipher.final()]).toString('utf8');
		},
	};
}

function keyOf(file: string): Buffer {
	if (!existsSync(file)) {
		mkdirSync(dirname(file), { recursive: true });
		try {
			writeFileSync(file, randomBytes(KEY_BYTES).toString('hex') + '\n', { mode: 0o600, flag: 'wx' });
		} catch (error) {
			// Another process was first.
			if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
		}
	}
	const key = Buffer.from(readFileSync(file, 'utf8').trim(), 'hex');
	if (key.length !== KEY_BYTES) throw new Error(`${file} holds no key of ${KEY_BYTES} bytes in hexadecimal.`);
	return key;
}
