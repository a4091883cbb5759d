// What becomes of a stored alarm when the engine found something: the measured part is taken over, its life goes on as
// the domain says, and the history gets a line. Pure; the row that is stored has the last word on what people did.

import { lifeRules } from '#db/rules/alarm-life.ts';
import { bornAlarm, happen, isGraver, type Happening } from '#lib/domain/alarm/life.ts';
import type { AlarmStep } from '../repositories/alarm-step.ts';
import { withLife, type AlarmMeasured, type AlarmRow, type Subject } from './alarm-row.ts';

/** What the engine noticed about one alarm. */
export interface Noticed {
	measured: AlarmMeasured;
	/** Undefined: only value, peak and count moved. */
	happening?: Happening;
	subject: Subject;
	at: Date;
	/** Its device is out of service: born quiet. */
	isOutOfService?: boolean;
}

export interface Merged {
	row: AlarmRow;
	step?: AlarmStep;
	/** Undefined: nothing to tell. */
	type?: 'alarm:raised' | 'alarm:changed' | 'alarm:cleared';
}

export function mergeNoticed(stored: AlarmRow | undefined, noticed: Noticed): Merged {
	const { measured, happening, at } = noticed;
	if (!stored) return born(noticed);
	const life = happening ? happen(stored.life, happening, lifeRules) : stored.life;
	const isTold = happening !== undefined && (life !== stored.life || MEASURED.has(happening.kind));
	const isMeasured = !happening || MEASURED.has(happening.kind);
	const seen = isMeasured ? { ...stored, ...measuredOf(stored, measured) } : stored;
	const merged = { ...withLife(seen, life, at, 'system'), revision: stored.revision + (isTold ? 1 : 0) };
	if (!isTold) return { row: merged };
	const move = moveOf(happening, stored, merged);
	const step = move && { alarmId: stored.id, at, move, by: null, level: merged.level, note: null };
	return { row: merged, type: typeOf(happening), ...(step ? { step } : {}) };
}

/** Happenings that come with a new measurement. */
const MEASURED = new Set<Happening['kind']>(['raised', 'changed', 'cleared']);

function born({ measured, at, isOutOfService, happening }: Noticed): Merged {
	const base = { ...bornAlarm(measured.level), isOutOfService: isOutOfService ?? false };
	const life = happening?.kind === 'cleared' ? { ...base, isActive: false } : base;
	const row: AlarmRow = {
		...measured,
		life,
		spokeAt: at,
		acknowledgedAt: null,
		verifiedAt: null,
		closedAt: null,
		closedBy: null,
		incidentId: null,
		incidentKind: null,
	};
	const step = { alarmId: measured.id, at, move: 'raised', by: null, level: measured.level, note: null };
	return { row, step, type: happening?.kind === 'cleared' ? 'alarm:cleared' : 'alarm:raised' };
}

/**
 * Only what was measured: the engine's memory may be older than the stored row in everything people did with it and in
 * the incident it joined. It began when it first began.
 */
function measuredOf(stored: AlarmRow, measured: AlarmMeasured): Partial<AlarmRow> {
	const { siteId, objectNo, value, peak, limit, unit, ruleKey, count, lastAt, clearedAt } = measured;
	return {
		...{ siteId, objectNo, value, limit, unit, ruleKey, lastAt },
		count: Math.max(count, stored.count),
		peak: peak ?? stored.peak,
		clearedAt: clearedAt && (clearedAt < stored.raisedAt ? stored.raisedAt : clearedAt),
	};
}

function typeOf({ kind }: Happening): NonNullable<Merged['type']> {
	return kind === 'raised' || kind === 'cleared' ? `alarm:${kind}` : 'alarm:changed';
}

function moveOf(happening: Happening, before: AlarmRow, after: AlarmRow): string | null {
	switch (happening.kind) {
		case 'changed':
			return isGraver(after.level, before.level) ? 'worse' : 'eased';
		case 'lingered':
			return after.life.handling === 'closed' ? 'closed' : null;
		case 'outOfService':
			return happening.on ? 'outOfService' : 'inService';
		default:
			return happening.kind;
	}
}
