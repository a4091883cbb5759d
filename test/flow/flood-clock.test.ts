// The clock of the flood season on a running server: exposure is worked out at night, in an event every ten minutes, and
// after an edit, which brings the orders in step as well.

import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Person } from '#lib/domain/access/principal.ts';
import { declareResponse } from '#lib/server/commands/direct-response.ts';
import { transaction } from '#lib/server/db/transaction.ts';
import { appendEvents, type NewEvent } from '#lib/server/events/log.ts';
import { startFlood, type FloodPart } from '#lib/server/flood/flood-part.ts';
import { aRegister } from '../builders.ts';
import { onBoth } from '../database/both.ts';
import { AtWork } from './at-work.ts';

const DISTRICT = '330109';
const TOWN = '330109003';
const MINUTE_S = 60;

onBoth('exposure on a running server', (database) => {
	let work: AtWork;
	let flood: FloodPart;
	const judged: string[] = [];

	const clock = () => new Date(work.now.getTime() + 8 * 3_600_000).toISOString().slice(11, 16);
	/** Asks every minute, as the server's own timer does. */
	async function pass(minutes: number): Promise<void> {
		for (let i = 0; i < minutes; i++) {
			work.pass(MINUTE_S);
			await flood.tick();
		}
	}
	const during = async (minutes: number) => {
		judged.length = 0;
		await pass(minutes);
		return judged;
	};

	beforeAll(async () => {
		await aRegister(database().ingest)
			.withTown(TOWN, '城厢街道', [120.27, 30.17])
			.withSite({ name: '甲工地', town: TOWN, at: [120.27, 30.17] })
			.build();
		// 23:40 at the bureau.
		work = await AtWork.start(database(), '2026-07-10T15:40:00Z');
		flood = await startFlood(database(), work.live, {
			...{ bureau: DISTRICT, links: { webhook: '', origin: '' }, now: () => work.now.getTime() },
			...{ onFault: (error: unknown) => void work.faults.push(error), tickMs: 0 },
		});
		work.live.feed.listen((events) => {
			if (events.some(({ type }) => type === 'flood:exposure')) judged.push(clock());
		});
		await flood.tick();
	});
	afterAll(async () => {
		await flood.close();
		await work.close();
		expect(work.faults).toEqual([]);
	});

	test('is there from the start, and again at midnight of the bureau', async () => {
		expect(judged).toEqual(['23:40']);
		expect(await during(30)).toEqual(['00:00']);
	});

	test('follows an edit within a minute', async () => {
		const edit: NewEvent = {
			...{ at: work.now, type: 'register:changed', subject: { kind: 'site', id: randomUUID() } },
			data: { subject: 'site', change: 'changed' },
		};
		work.live.feed.announce(await transaction(database().ingest, (tx) => appendEvents(tx, [edit])));
		expect(await during(5)).toEqual(['00:11']);
	});

	test('is worked out every ten minutes while an event is on', async () => {
		const principal: Person = {
			...{ kind: 'person', id: randomUUID(), name: '沈岚', isDemo: false },
			grants: [{ role: 'dutyOfficer', area: DISTRICT, layers: ['public', 'supervision'] }],
		};
		const level = { issuer: '区防指', level: 'III' as const, areaCodes: [DISTRICT], note: '' };
		const begun = await declareResponse(database().ingest, { principal, address: null, now: work.now }, level);
		work.live.feed.announce(begun.ok ? begun.events : []);
		expect(await during(25)).toEqual(['00:21', '00:31']);
	});
});
