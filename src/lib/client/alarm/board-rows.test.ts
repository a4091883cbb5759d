import { describe, expect, test } from 'vitest';
import type { AlarmMessage } from '#lib/contract/events.ts';
import { anAlarm } from '../live/alarm.fixture.ts';
import { formatFilter, NO_FILTER, parseFilter } from './board-filter.ts';
import { boardRows, countAsking, sectionOf, shelfRows } from './board-rows.ts';

const ids = (rows: { id: string }[]) => rows.map(({ id }) => id);

describe('the alarm board', () => {
	test('shows a storm of a thousand alarms as one row, with its towns', () => {
		const storm = Array.from({ length: 1000 }, (_, i) =>
			anAlarm(`w${i}`, {
				incidentId: 'gale',
				incidentKind: 'gale',
				townCode: `33010900${i % 4}`,
				siteId: `s${i % 300}`,
			}),
		);
		const rows = boardRows([...storm, anAlarm('m', { condition: 'moment', level: 'danger' })], NO_FILTER);
		expect(ids(rows)).toEqual(['m', 'gale']);
		expect(rows[1]).toMatchObject({ speaking: 1000, incident: { kind: 'gale', sites: 300 } });
		expect(rows[1]!.incident!.towns.map(({ alarms }) => alarms)).toEqual([250, 250, 250, 250]);
	});

	test('puts what asks for somebody first, then what somebody has, then what is over', () => {
		const rows = boardRows(
			[
				anAlarm('over', { worstLevel: 'danger', clearedAt: '2026-11-20T01:00:00Z' }),
				anAlarm('taken', { level: 'danger', handling: 'acknowledged' }),
				anAlarm('late', { spokeAt: '2026-11-20T02:00:00Z' }),
				anAlarm('early', { spokeAt: '2026-11-20T01:00:00Z' }),
				anAlarm('grave', { level: 'danger', spokeAt: '2026-11-20T03:00:00Z' }),
			],
			NO_FILTER,
		);
		expect(ids(rows)).toEqual(['grave', 'early', 'late', 'taken', 'over']);
		expect(rows.map(sectionOf)).toEqual(['now', 'now', 'now', 'taken', 'over']);
	});

	test('calls what is over by the gravest it had: red that has eased and gone is still red to be dealt with', () => {
		const gone = anAlarm('gone', { level: 'warning', worstLevel: 'danger', clearedAt: '2026-11-20T01:00:00Z' });
		const eased = anAlarm('eased', { level: 'warning', worstLevel: 'danger' });
		expect(boardRows([gone, eased], NO_FILTER).map(({ id, level }) => [id, level])).toEqual([
			['eased', 'warning'],
			['gone', 'danger'],
		]);
		expect(ids(boardRows([gone, eased], { ...NO_FILTER, level: ['danger'] }))).toEqual(['gone']);
	});

	test('a filter says how many it shows that wait, and how many wait in all', () => {
		const alarms = [anAlarm('a'), anAlarm('b', { level: 'danger' }), anAlarm('c', { handling: 'acknowledged' })];
		const shown = boardRows(alarms, { ...NO_FILTER, level: ['danger'] });
		expect(countAsking(alarms, shown)).toEqual({ n: 1, of: 2 });
	});

	test('leaves out what closes by itself and what is kept quiet', () => {
		const shelf: NonNullable<AlarmMessage['shelf']> = {
			...{ state: 'on', by: { id: 'p', name: '沈岚' }, second: null, reason: '检修', level: 'warning' },
			...{ at: '2026-11-20T00:00:00Z', until: '2026-11-20T01:00:00Z' },
		};
		const alarms = [
			anAlarm('over', { clearedAt: '2026-11-20T01:00:00Z' }),
			anAlarm('child', { suppressedBy: 'parent' }),
			anAlarm('shelved', { shelf }),
			anAlarm('asked', { shelf: { ...shelf, state: 'asked' } }),
			anAlarm('service', { isOutOfService: true }),
		];
		expect(ids(boardRows(alarms, NO_FILTER))).toEqual(['asked']);
		expect(ids(shelfRows(alarms))).toEqual(['shelved', 'asked', 'service']);
	});

	test('an incident of which half is acknowledged asks for the other half', () => {
		const [a, b] = [anAlarm('a', { incidentId: 'i' }), anAlarm('b', { incidentId: 'i', handling: 'acknowledged' })];
		expect(boardRows([a, b], NO_FILTER)[0]).toMatchObject({ speaking: 1, active: 2 });
	});

	test('a filter is an address and the other way round', () => {
		const address = 'lv=danger%2Cwarning&cond=wind&in=330109001&new=1&by=p1';
		expect(formatFilter(parseFilter(new URLSearchParams(address)), new URLSearchParams()).toString()).toBe(address);
		expect(parseFilter(new URLSearchParams('lv=x&cond=..%2F&in=12'))).toEqual(NO_FILTER);
		const wind = anAlarm('wind');
		const tilt = anAlarm('tilt', { condition: 'tilt' });
		expect(ids(boardRows([wind, tilt], { ...NO_FILTER, condition: ['tilt'] }))).toEqual(['tilt']);
	});
});
