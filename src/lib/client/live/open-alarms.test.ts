import { describe, expect, test } from 'vitest';
import type { AlarmMessage, EventMessage, EventType } from '#lib/contract/events.ts';
import { anAlarm as alarm } from './alarm.fixture.ts';
import { OpenAlarms } from './open-alarms.ts';

let seq = 0;
const event = (type: EventType, data: AlarmMessage): EventMessage => ({
	seq: ++seq,
	at: data.lastAt,
	type,
	subject: { kind: 'alarm', id: data.id },
	data: { ...data },
});
const closed = (id: string, revision: number) =>
	alarm(id, { revision, clearedAt: '2026-11-20T00:05:00Z', handling: 'closed' });

describe('OpenAlarms', () => {
	test('follows an alarm from raised to cleared', () => {
		const alarms = new OpenAlarms();
		expect(alarms.applyEvents([event('alarm:raised', alarm('a'))])).toBe(true);
		alarms.applyEvents([event('alarm:changed', alarm('a', { revision: 2, level: 'danger' }))]);
		expect(alarms.standing.get('a')?.level).toBe('danger');
		alarms.applyEvents([event('alarm:cleared', closed('a', 3))]);
		expect(alarms.standing.size).toBe(0);
	});

	test('says nothing of what stands before the list was read, whatever events told', async () => {
		const alarms = new OpenAlarms();
		alarms.applyEvents([event('alarm:raised', alarm('a'))]);
		expect(alarms.isListed).toBe(false);
		await alarms.read(() => Promise.resolve([]));
		expect(alarms.isListed).toBe(true);
	});

	test('an older revision changes nothing', () => {
		const alarms = new OpenAlarms();
		alarms.applyEvents([event('alarm:changed', alarm('a', { revision: 4, acknowledgedAt: '2026-11-20T00:01:00Z' }))]);
		expect(alarms.applyEvents([event('alarm:changed', alarm('a', { revision: 3 }))])).toBe(false);
		expect(alarms.standing.get('a')?.acknowledgedAt).not.toBeNull();
	});

	test('a cleared alarm does not come back from a list that was read before', async () => {
		const alarms = new OpenAlarms();
		await alarms.read(() => {
			alarms.applyEvents([event('alarm:raised', alarm('a')), event('alarm:cleared', closed('a', 2))]);
			return Promise.resolve([alarm('a')]);
		});
		expect(alarms.standing.size).toBe(0);
	});

	test('an alarm raised while the list was read is kept', async () => {
		const alarms = new OpenAlarms();
		await alarms.read(() => {
			alarms.applyEvents([event('alarm:raised', alarm('new'))]);
			return Promise.resolve([alarm('old')]);
		});
		expect([...alarms.standing.keys()].sort()).toEqual(['new', 'old']);
	});

	test('what the list does not name any more is closed', async () => {
		const alarms = new OpenAlarms();
		alarms.applyEvents([event('alarm:raised', alarm('a')), event('alarm:raised', alarm('b'))]);
		await alarms.read(() => Promise.resolve([alarm('b')]));
		expect([...alarms.standing.keys()]).toEqual(['b']);
	});

	test('the map is replaced, never changed, so that who holds it sees no half state', () => {
		const alarms = new OpenAlarms();
		const before = alarms.standing;
		alarms.applyEvents([event('alarm:raised', alarm('a'))]);
		expect(before.size).toBe(0);
	});
});
