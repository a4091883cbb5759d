import { describe, expect, test } from 'vitest';
import { bornAlarm } from '#lib/domain/alarm/life.ts';
import type { AlarmRow } from './alarm-row.ts';
import { mergeNoticed } from './merge-finding.ts';

const at = (minute: number) => new Date(Date.UTC(2026, 10, 20, 8, minute));
const subject = { subjectName: 'TC-1', siteName: null, at: null, townCode: null };

/** What the engine remembers: raised five minutes ago, and nothing of what people did. */
const remembered: AlarmRow = {
	...{ id: 'a', deviceId: 'TC-1', condition: 'wind', origin: 'device', siteId: null, objectNo: 1 },
	...{ level: 'warning', value: 12, peak: 12, limit: 10.8, unit: 'm/s', ruleKey: 'wind', count: 1, revision: 1 },
	...{ raisedAt: at(0), lastAt: at(0), clearedAt: null, life: bornAlarm('warning'), spokeAt: at(0) },
	...{ acknowledgedAt: null, verifiedAt: null, closedAt: null, closedBy: null, incidentId: null, incidentKind: null },
};
const stored: AlarmRow = {
	...remembered,
	life: {
		...bornAlarm('warning'),
		handling: 'acknowledged',
		acknowledgedBy: { id: 'p', name: '沈岚' },
		acknowledgedLevel: 'warning',
	},
	...{ acknowledgedAt: at(2), incidentId: 'gale-1', incidentKind: 'gale' },
};

describe('what the engine measured meets what is stored', () => {
	const louder = { ...remembered, value: 14, peak: 14, count: 3, lastAt: at(5) };

	test('a newer value is taken over', () => {
		const { row, type } = mergeNoticed(stored, { measured: louder, subject, at: at(5) });
		expect(row).toMatchObject({ value: 14, peak: 14, count: 3, lastAt: at(5), revision: 1 });
		expect(type).toBeUndefined();
	});

	test.each([
		['a newer value', undefined],
		['its end', { kind: 'cleared' } as const],
	])('%s takes nothing back of what people did, and nothing of its incident', (_, happening) => {
		const { row } = mergeNoticed(stored, { measured: louder, happening, subject, at: at(5) });
		expect(row).toMatchObject({ acknowledgedAt: at(2), incidentId: 'gale-1', incidentKind: 'gale' });
		expect(row.life.acknowledgedBy).toEqual({ id: 'p', name: '沈岚' });
	});

	test('an alarm began when it first began', () => {
		const { row } = mergeNoticed(stored, { measured: { ...louder, raisedAt: at(4) }, subject, at: at(5) });
		expect(row.raisedAt).toEqual(at(0));
	});
});
