// Cranes that work on after a stop order: an alarm each, one incident for many, over when the event is closed.

import { beforeAll, expect, test } from 'vitest';
import { floodRules } from '#db/rules/flood.ts';
import { incidentRules } from '#db/rules/alarm-life.ts';
import { closeFloodEvent } from '#lib/server/commands/close-flood-event.ts';
import { declareResponse, endResponseLevel } from '#lib/server/commands/direct-response.ts';
import { noteMovements } from '#lib/server/commands/note-movements.ts';
import { orderMeasures } from '#lib/server/commands/order-measures.ts';
import type { Db } from '#lib/server/db/connection.ts';
import { stopOrders } from '#lib/server/repositories/flood-notice.ts';
import { aRegister } from '../builders.ts';
import { onBoth } from './both.ts';
import { at, by, DISTRICT } from './flood-towns.ts';

const TOWN = '330109001';
const CRANES = incidentRules.membersElse.value + 2;

onBoth('cranes that move after a stop order', (database) => {
	const db = (): Db => database().ingest;
	const device = (i: number) => `TC-${i}`;
	const subject = (deviceId: string) => ({ subjectName: deviceId, siteName: '', at: null, townCode: TOWN });
	const move = async (from: number, to: number, clock: string) => {
		const orders = new Map((await stopOrders(db())).map((order) => [order.siteId, order]));
		const sites = await db().selectFrom('site').select(['id', 'name']).execute();
		const moved = Array.from({ length: to - from }, (_, n) => {
			const site = sites.find(({ name }) => name === `${from + n} 号工地`)!;
			const { noticeId } = orders.get(site.id)!;
			return { noticeId, deviceId: device(from + n), objectNo: null, movement: 'hook' as const };
		});
		return noteMovements(db(), moved, subject, at(clock));
	};
	const alarms = () =>
		db()
			.selectFrom('alarm')
			.select(['device_id', 'incident_id', 'cleared_at'])
			.where('condition', '=', 'stopOrder')
			.orderBy('device_id')
			.execute();
	let levelId = '';

	beforeAll(async () => {
		const register = aRegister(db()).withTown(TOWN, '城厢街道', [120.27, 30.17]);
		for (let i = 0; i < CRANES; i++)
			register
				.withSite({ name: `${i} 号工地`, town: TOWN, at: [120.27 + i / 4000, 30.15] })
				.withCrane({ site: `${i} 号工地`, record: device(i), device: device(i) });
		await register.build();
		const declared = await declareResponse(db(), by('09:00'), {
			...{ issuer: '区防指', level: 'I', areaCodes: [DISTRICT], note: '' },
		});
		if (declared.ok) levelId = declared.id;
		await orderMeasures(db(), DISTRICT, new Set(), 'test', at('09:01'));
	});

	test('are an alarm each while they are few', async () => {
		expect(floodRules.movement.grace.value).toBeLessThan(3600);
		const events = await move(0, 3, '10:00');
		expect(events.map(({ type }) => type)).toEqual(
			Array.from({ length: 3 }, () => ['flood:movement', 'alarm:raised']).flat(),
		);
		expect((await alarms()).map(({ incident_id }) => incident_id)).toEqual([null, null, null]);
	});

	test('are one incident when they are many, the first ones with them', async () => {
		const events = await move(3, CRANES, '10:02');
		const opened = events.filter(({ type }) => type === 'incident:opened');
		expect(opened.map(({ data }) => data)).toMatchObject([{ kind: 'burst', condition: 'stopOrder' }]);
		const rows = await alarms();
		expect(rows).toHaveLength(CRANES);
		expect(new Set(rows.map(({ incident_id }) => incident_id))).toEqual(new Set([opened[0]!.subject.id]));
	});

	test('are told once', async () => {
		expect(await move(0, CRANES, '10:03')).toEqual([]);
	});

	test('are over when the event is closed', async () => {
		await endResponseLevel(db(), by('12:00'), levelId);
		await orderMeasures(db(), DISTRICT, new Set(), 'test', at('12:01'));
		const { id } = await db().selectFrom('flood_event').select('id').executeTakeFirstOrThrow();
		const closed = await closeFloodEvent(db(), by('12:05'), id, '塔吊已逐台核实');
		expect(closed.ok && closed.events.filter(({ type }) => type === 'alarm:cleared')).toHaveLength(CRANES);
		expect((await alarms()).every(({ cleared_at }) => cleared_at?.getTime() === at('12:05').getTime())).toBe(true);
	});
});
