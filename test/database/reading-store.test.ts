import fc from 'fast-check';
import { sql } from 'kysely';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { checkReading, type Row } from '#lib/server/ingest/check-reading.ts';
import { openStore } from '#lib/server/ingest/store.ts';
import { newestReadings, thinnedReadings } from '#lib/server/repositories/reading.ts';
import { aRegister } from '../builders.ts';
import { AtWork } from '../flow/at-work.ts';
import { onBoth } from './both.ts';

const DEVICES = ['TC-1', 'TC-2', 'TC-3'];
const START = Date.parse('2026-11-20T08:00:00Z');

onBoth('readings', (database) => {
	let work: AtWork;
	let hour = 0;

	beforeAll(async () => {
		const register = aRegister(database().ingest).withSite({ name: '工地', town: null, at: [120.27, 30.17] });
		for (const device of DEVICES) register.withCrane({ site: '工地', record: device, device });
		await register.build();
	});
	beforeEach(async () => {
		work = await AtWork.start(database(), new Date(START + hour++ * 3_600_000).toISOString());
	});
	afterEach(async () => {
		await work.close();
		expect(work.faults).toEqual([]);
	});

	const stored = async () => {
		const { rows } = await sql<{ id: string; at: Date; seq: string; values: unknown }>`
			select device.id, observed_at as at, seq, values from reading join device on device.no = device_no
			where observed_at > ${new Date(work.now.getTime() - 3_000_000)} order by 1, 2, 3`.execute(database().read);
		return rows.map(({ id, at, seq, values }) => `${id} ${at.toISOString()} ${seq} ${JSON.stringify(values)}`);
	};

	test('sent one to five times, shuffled and in batches of any size, are each stored once and counted exactly', async () => {
		const random = fc.sample(fc.array(fc.nat({ max: 1 << 30 }), { minLength: 4000, maxLength: 4000 }), {
			numRuns: 1,
			seed: 7,
		})[0]!;
		const die = (sides: number) => random.pop()! % sides;
		const sent = Array.from({ length: 300 }, (_, i) =>
			work.reading(DEVICES[i % 3]!, { momentPercent: i / 10 }, 600 - Math.floor(i / 6), die(3)),
		);
		const distinct = new Map(sent.map((reading) => [`${reading.device} ${reading.at} ${reading.seq}`, reading]));
		const messages = [...distinct.values()].flatMap((reading) => Array.from({ length: 1 + die(5) }, () => reading));
		for (let i = messages.length - 1; i > 0; i--) {
			const j = die(i + 1);
			[messages[i], messages[j]] = [messages[j]!, messages[i]!];
		}
		const batches: unknown[][] = [];
		for (let at = 0; at < messages.length;) batches.push(messages.slice(at, (at += 1 + die(40))));
		// Several gateways at once, and some batches again because their answer was lost.
		const answers = await Promise.all([...batches, ...batches.slice(0, 5)].map((batch) => work.send(...batch)));

		const total = (name: 'accepted' | 'duplicates') => answers.reduce((sum, answer) => sum + answer[name], 0);
		const again = batches.slice(0, 5).flat().length;
		expect(total('accepted')).toBe(distinct.size);
		expect(total('duplicates')).toBe(messages.length + again - distinct.size);
		expect((await stored()).map((line) => line.split(' ').slice(0, 3).join(' '))).toEqual([...distinct.keys()].sort());
	});

	test('that differ by a microsecond are two', async () => {
		const at = (micro: string) => work.now.toISOString().replace('000Z', `000${micro}Z`);
		const reading = (micro: string) => ({ device: 'TC-1', at: at(micro), values: { windMs: 1 } });
		expect(await work.send(reading('001'), reading('002'), reading('001'))).toMatchObject({
			accepted: 2,
			duplicates: 1,
		});
	});

	test('keep what the device sent, and text in any script', async () => {
		const raw = { hex: '7e02', bits: [1, 0, null], 名: '“塔吊”' };
		await work.send({ ...work.reading('TC-2', { note: '风速传感器 “故障”, {1}', windMs: 1.5 }), raw });
		const row = await database()
			.read.selectFrom('reading')
			.select(['values', 'raw'])
			.where('observed_at', '=', work.now)
			.executeTakeFirstOrThrow();
		expect(row).toEqual({ values: { note: '风速传感器 “故障”, {1}', windMs: 1.5 }, raw });
	});

	test('refused ones do not keep the others from being stored', async () => {
		const answer = await work.send(
			work.reading('TC-1', { windMs: 1 }),
			{ device: 'nobody' },
			work.reading('TC-2', { windMs: NaN }),
		);
		expect(answer).toMatchObject({
			accepted: 1,
			rejected: [
				{ index: 1, code: 'unknown-device' },
				{ index: 2, code: 'bad-value' },
			],
		});
	});

	describe('that another process stored a moment ago', () => {
		const rowOf = (second: number) => {
			const device = work.live.state.devices.get('TC-3')!;
			const item = work.reading('TC-3', { windMs: second }, 100 - second);
			return checkReading(item, new Map([['TC-3', device]]), work.now.getTime()) as Row;
		};

		test('are found out although nothing in this process knew of them', async () => {
			const rows = [1, 2, 3, 4].map(rowOf);
			const store = openStore(database());
			expect(await store.store(rows.slice(1, 3), work.now.getTime())).toEqual(new Set());
			expect(await store.store(rows, work.now.getTime())).toEqual(new Set(rows.slice(1, 3)));
			expect(await stored()).toHaveLength(4);
		});

		test('at the same time are stored once, whoever wins', async () => {
			const store = openStore(database());
			const batches = Array.from({ length: 4 }, (_, i) =>
				Array.from({ length: 50 }, (_, n) => rowOf(10 + ((n * 7 + i * 3) % 60))),
			);
			const repeated = await Promise.all(batches.map((rows) => store.store(rows, work.now.getTime())));
			const fresh = batches.flat().length - repeated.reduce((sum, rows) => sum + rows.size, 0);
			const distinct = new Set(batches.flat().map(({ atUs }) => atUs)).size;
			expect([fresh, (await stored()).length]).toEqual([distinct, distinct]);
		});
	});

	test('are read back: the newest of each device, and one per step of time', async () => {
		const reading = (device: string, agoS: number) => work.reading(device, { cumulativeMm: agoS }, agoS);
		const no = (id: string) => work.live.state.devices.get(id)!.no;
		await work.send(...[300, 200, 190, 100].map((agoS) => reading('TC-1', agoS)), reading('TC-2', 50));
		const hour = { since: new Date(work.now.getTime() - 3_600_000), until: work.now };
		const found = await newestReadings(database().read, DEVICES.map(no), hour);
		const newest = new Map(found.map((entry) => [entry.deviceNo, entry]));
		expect(newest.get(no('TC-1'))).toMatchObject({
			values: { cumulativeMm: 100 },
			atUs: (work.now.getTime() - 100_000) * 1000,
		});
		expect(newest.get(no('TC-2'))?.values).toEqual({ cumulativeMm: 50 });
		const since = new Date(work.now.getTime() - 250_000);
		const thinned = await thinnedReadings(database().read, [no('TC-1')], since, 60);
		expect(thinned.map(({ values }) => values['cumulativeMm'])).toEqual([200, 100]);
	});

	test('of ten days ago land in the default partition, those of yesterday in their own', async () => {
		const reading = (daysAgo: number) => work.reading('TC-1', { windMs: 1 }, daysAgo * 86_400);
		expect(await work.send(reading(10), reading(1))).toMatchObject({ accepted: 2 });
		const { rows } = await sql<{ name: string }>`
			select distinct tableoid::regclass::text as name from reading
			where observed_at < ${new Date(work.now.getTime() - 80_000_000)}`.execute(database().read);
		expect(rows.map(({ name }) => name).sort()).toEqual(['reading_20261119', 'reading_default']);
	});
});
