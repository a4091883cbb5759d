// A warning signal entered by hand, changed or lifted: written as a message like any other, so that the trail and the
// rules are the same.

import { randomUUID } from 'node:crypto';
import type { HandSignal } from '#lib/contract/flood-entry.ts';
import type { SignalMessage } from '#lib/domain/flood/signal.ts';
import type { Db } from '../db/connection.ts';
import { handSignal } from '../repositories/flood-signal.ts';

export type HandMessage = { ok: true; message: SignalMessage } | { ok: false; reason: 'not-by-hand' };

const COLOUR = { blue: '蓝色', yellow: '黄色', orange: '橙色', red: '红色' } as const;
const KIND: Record<HandSignal['kind'], string> = {
	rainstorm: '暴雨',
	typhoon: '台风',
	thunderGale: '雷雨大风',
	lightning: '雷电',
	gale: '大风',
	hail: '冰雹',
	flood: '洪水',
	waterlogging: '内涝',
	geology: '地质灾害',
	heat: '高温',
	coldWave: '寒潮',
	snow: '暴雪',
	other: '其他',
};

/** The message that an entry by hand means; taken in by `takeSignals` with channel `hand`. */
export async function messageByHand(db: Db, entry: HandSignal, now: Date): Promise<HandMessage> {
	const about = entry.changes ?? entry.lifts;
	const earlier = about ? await handSignal(db, about) : [];
	if (about && earlier.length === 0) return { ok: false, reason: 'not-by-hand' };
	const sentAt = entry.issuedAt ? new Date(entry.issuedAt) : now;
	const event = KIND[entry.kind];
	return {
		ok: true,
		message: {
			source: 'hand',
			externalId: randomUUID(),
			revision: sentAt.getTime(),
			act: entry.lifts ? 'lift' : entry.changes ? 'change' : 'issue',
			refs: earlier.map(({ externalId }) => externalId),
			issuer: entry.issuer,
			kind: entry.kind,
			colour: entry.colour,
			event,
			headline:
				entry.headline || `${entry.issuer}${entry.lifts ? '解除' : '发布'}${event}${COLOUR[entry.colour]}预警信号`,
			body: entry.body,
			instruction: '',
			sentAt,
			expiresAt: entry.expiresAt ? new Date(entry.expiresAt) : null,
			isExercise: false,
			area: { text: '', polygons: null, codes: entry.areaCodes, isWhole: entry.areaCodes.length === 0 },
			problems: [],
		},
	};
}
