// The chain of the audit trail: each entry's hash covers the entry and the hash before it,
// so that one altered, missing or inserted row breaks every hash behind it.

import { createHash } from 'node:crypto';

export interface ChainedEntry {
	seq: number;
	at: Date;
	actor: string;
	actorKind: string;
	address: string | null;
	action: string;
	object: string;
	detail: unknown;
	outcome: string;
}

/** What the first entry stands on. */
export const GENESIS: Buffer = Buffer.alloc(32);

export function hashOf(prevHash: Buffer, entry: ChainedEntry): Buffer {
	const text = canonicalJson({ ...entry, at: entry.at.toISOString() });
	return createHash('sha256').update(prevHash).update(text).digest();
}

/** JSON with keys in order and nothing undefined: the same text for the same value, also after a trip through jsonb. */
export function canonicalJson(value: unknown): string {
	if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item ?? null)).join()}]`;
	if (value === null || typeof value !== 'object') return JSON.stringify(value ?? null);
	const fields = Object.entries(value)
		.filter(([, field]) => field !== undefined)
		.sort(([a], [b]) => (a < b ? -1 : 1))
		.map(([key, field]) => `${JSON.stringify(key)}:${canonicalJson(field)}`);
	return `{${fields.join()}}`;
}

/** The value as the database will give it back: dates as text, no half characters, no NUL (PostgreSQL keeps neither). */
export function storable(value: unknown): unknown {
	return JSON.parse(JSON.stringify(value ?? {}, (_, field) => (typeof field === 'string' ? cleanText(field) : field)));
}

export function cleanText(text: string): string {
	return Buffer.from(text, 'utf8').toString('utf8').replaceAll('\0', '\uFFFD');
}
