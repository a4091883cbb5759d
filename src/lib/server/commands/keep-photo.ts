// Keeps a photo taken on patrol: looks at its bytes (the name and the header may lie), its size and its hash.

import { createHash } from 'node:crypto';
import { authorize } from '#lib/domain/access/authorize.ts';
import type { LngLat } from '#lib/domain/geo.ts';
import type { Caller } from '../auth/caller.ts';
import type { Db } from '../db/connection.ts';
import { transaction } from '../db/transaction.ts';
import { hazardExists, insertEvidence, type PhotoMime } from '../repositories/evidence.ts';
import { officerOfPerson } from '../repositories/officer.ts';
import { stopForChange } from '../repositories/patrol-field.ts';

export interface Photo {
	id: string;
	stopId: string | null;
	hazardId: string | null;
	takenAt: Date;
	at: LngLat | null;
	accuracyM: number | null;
	/** As the phone computed it at capture. */
	sha256: string;
	content: Uint8Array;
}

export type KeepPhoto =
	| { ok: true; sha256: string; events: [] }
	| { ok: false; reason: 'forbidden' | 'not-an-officer' | 'not-your-stop' | 'no-image' };

export async function keepPhoto(db: Db, caller: Caller, photo: Photo): Promise<KeepPhoto> {
	const { principal, now } = caller;
	if (!authorize(principal, 'patrol:field').ok || principal.kind !== 'person')
		return { ok: false, reason: 'forbidden' };
	const mime = mimeOf(photo.content);
	const sha256 = createHash('sha256').update(photo.content).digest('hex');
	if (!mime || sha256 !== photo.sha256) return { ok: false, reason: 'no-image' };
	return transaction(db, async (tx): Promise<KeepPhoto> => {
		const officer = await officerOfPerson(tx, principal.id);
		if (!officer) return { ok: false, reason: 'not-an-officer' };
		const stop = photo.stopId ? await stopForChange(tx, photo.stopId) : undefined;
		if (photo.stopId && !stop?.officer_ids.includes(officer.id)) return { ok: false, reason: 'not-your-stop' };
		const isKnown = photo.hazardId !== null && (await hazardExists(tx, photo.hazardId));
		await insertEvidence(tx, {
			...{ id: photo.id, stopId: photo.stopId, hazardId: isKnown ? photo.hazardId : null, mime, sha256 },
			...{ content: Buffer.from(photo.content), takenAt: photo.takenAt, at: photo.at, accuracyM: photo.accuracyM },
			...{ receivedAt: now, receivedFrom: officer.name },
		});
		return { ok: true, sha256, events: [] };
	});
}

/** By the first bytes. */
export function mimeOf(bytes: Uint8Array): PhotoMime | undefined {
	const starts = (...head: number[]) => head.every((byte, index) => bytes[index] === byte);
	if (starts(0xff, 0xd8, 0xff)) return 'image/jpeg';
	if (starts(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return 'image/png';
	const isRiff = starts(0x52, 0x49, 0x46, 0x46);
	return isRiff && [0x57, 0x45, 0x42, 0x50].every((byte, index) => bytes[8 + index] === byte)
		? 'image/webp'
		: undefined;
}
