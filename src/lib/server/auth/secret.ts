// Secrets: 256 random bits, shown once, kept as their SHA-256. They are too long to be guessed,
// so a slow hash as for passwords would add nothing.

import { createHash, randomBytes } from 'node:crypto';

/** 43 characters that need no escaping in headers, cookies and addresses. */
export function newSecret(): string {
	return randomBytes(32).toString('base64url');
}

export function sha256(text: string): Buffer {
	return createHash('sha256').update(text).digest();
}
