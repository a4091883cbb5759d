// How often a key may ask: a bucket that fills at a rate and holds a burst. One per key, in memory of this process.

import { doorRules } from '#db/rules/access.ts';
import type { Principal } from '#lib/domain/access/principal.ts';
import { Fault } from '../errors.ts';

export interface Buckets {
	/**
	 * Takes one request from the principal's bucket; false when it is empty. A key that goes on asking while it is empty
	 * is sent away for a while altogether.
	 * @param isNew - false for a request that was refused before and has waited
	 */
	take(principal: Principal, isNew?: boolean): boolean;
	/** Keys that are sent away just now. */
	inQuarantine(): number;
}

interface Bucket {
	left: number;
	atMs: number;
	/** Refused in this minute. */
	refused: number;
	minute: number;
	/** Sent away until then. */
	awayUntilMs: number;
}

/** Keys kept; the one idle longest goes first, and comes back with a full bucket. */
const KEPT = 10_000;

export function createBuckets(now: () => number = Date.now, rules = doorRules): Buckets {
	const buckets = new Map<string, Bucket>();

	function noteRefused(bucket: Bucket, atMs: number): void {
		const minute = Math.floor(atMs / 60_000);
		if (minute !== bucket.minute) Object.assign(bucket, { minute, refused: 0 });
		if (++bucket.refused < rules.quarantineAfter.value) return;
		Object.assign(bucket, { refused: 0, awayUntilMs: atMs + rules.quarantineS.value * 1000 });
	}

	return {
		take(principal, isNew = true) {
			const limit = limitOf(principal, rules);
			if (!limit) return true;
			const key = `${principal.kind}:${'id' in principal ? principal.id : ''}`;
			const atMs = now();
			const bucket = buckets.get(key) ?? { left: limit.burst, atMs, refused: 0, minute: 0, awayUntilMs: 0 };
			bucket.left = Math.min(limit.burst, bucket.left + ((atMs - bucket.atMs) / 1000) * limit.perS);
			bucket.atMs = atMs;
			buckets.delete(key);
			buckets.set(key, bucket);
			if (buckets.size > KEPT) buckets.delete(buckets.keys().next().value ?? '');
			if (atMs < bucket.awayUntilMs) return false;
			if (bucket.left < 1) {
				if (isNew) noteRefused(bucket, atMs);
				return false;
			}
			bucket.left -= 1;
			return true;
		},
		inQuarantine: () => [...buckets.values()].filter(({ awayUntilMs }) => now() < awayUntilMs).length,
	};
}

export function tooMany(): Fault {
	return new Fault(
		'too-many',
		'token',
		'请求过于频繁，请稍后再试 · Too many requests with this key; try again shortly.',
	);
}

/** People and walls are limited by what they can click; undefined: no bucket. */
function limitOf(principal: Principal, rules: typeof doorRules): { perS: number; burst: number } | undefined {
	const isSender = principal.kind === 'device' || (principal.kind === 'token' && principal.scope === 'ingest');
	if (isSender && principal.deviceIds) {
		const devices = Math.max(1, principal.deviceIds.length);
		return { perS: rules.devicePerS.value * devices, burst: rules.deviceBurst.value * devices };
	}
	if (isSender) return { perS: rules.gatewayPerS.value, burst: rules.gatewayBurst.value };
	if (principal.kind !== 'token') return undefined;
	return { perS: rules.programPerS.value, burst: rules.programBurst.value };
}
