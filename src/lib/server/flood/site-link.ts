// What comes through the link of a site: the key itself, and photos, known by their first bytes.

import { createHash, randomUUID } from 'node:crypto';
import { floodRules } from '#db/rules/flood.ts';
import type { Db } from '../db/connection.ts';
import { Fault } from '../errors.ts';

export const linkHash = (token: string): string => createHash('sha256').update(token).digest('hex');

export async function keepPhoto(tx: Db, bytes: Uint8Array, mediaType: string, at: Date): Promise<string> {
	const id = randomUUID();
	const sha256 = createHash('sha256').update(bytes).digest('hex');
	await tx
		.insertInto('flood_photo')
		.values({ id, sha256, media_type: mediaType, bytes: Buffer.from(bytes), taken_at: at })
		.execute();
	return id;
}

/** By its first bytes, not by its name. @throws Fault */
export function photoType(bytes: Uint8Array): string {
	if (bytes.length > floodRules.photoBytes.value)
		throw new Fault('too-large', 'photo', '照片过大，请压缩到 3 MB 以内 · The photo is too large; 3 MB at most.');
	const begins = (...signs: number[]) => signs.every((sign, i) => bytes[i] === sign);
	if (begins(0xff, 0xd8, 0xff)) return 'image/jpeg';
	if (begins(0x89, 0x50, 0x4e, 0x47)) return 'image/png';
	if (begins(0x52, 0x49, 0x46, 0x46) && bytes[8] === 0x57 && bytes[9] === 0x45) return 'image/webp';
	throw new Fault('bad-input', 'photo', '照片须为 JPEG、PNG 或 WebP · The photo must be JPEG, PNG or WebP.');
}
