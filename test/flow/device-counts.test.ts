// F-23: a device starts again and counts from nought, or its number wraps. What it measured goes by the moment, told apart by
// moment and number together: nothing is lost, nothing taken for a repeat, and no alarm comes of a number.

import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { aRegister } from '../builders.ts';
import { onBoth } from '../database/both.ts';
import { AtWork } from './at-work.ts';

onBoth('the number a device gives its readings', (database) => {
	let work: AtWork;

	beforeAll(async () => {
		await aRegister(database().ingest)
			.withTown('330109001', '城厢街道', [120.25, 30.15])
			.withSite({ name: '湘湖里', town: '330109001', at: [120.25, 30.15] })
			.withCrane({ site: '湘湖里', record: 'A', device: 'TC-1', ratedMomentKnm: 800 })
			.withCrane({ site: '湘湖里', record: 'B', device: 'TC-2', ratedMomentKnm: 800 })
			.withCrane({ site: '湘湖里', record: 'C', device: 'TC-3', ratedMomentKnm: 800 })
			.build();
		work = await AtWork.start(database(), '2026-11-20T08:00:00Z');
	});
	afterAll(async () => {
		await work.close();
		expect(work.faults).toEqual([]);
	});

	const stored = async (device: string) => {
		const { rows } = await sql<{ seq: number; moment: number }>`
			select r.seq::int as seq, (r.values ->> 'momentPercent')::int as moment
			from reading r join device d on d.no = r.device_no where d.id = ${device} order by r.observed_at`.execute(
			database().read,
		);
		return rows.map(({ seq, moment }) => [seq, moment]);
	};

	test.each([
		['TC-1', 'starts again at 0 after a reboot', [4711, 4712, 0, 1, 2]],
		['TC-2', 'wraps at 16 bits', [65_534, 65_535, 0, 1, 2]],
		['TC-3', 'wraps at 31 bits', [2_147_483_646, 2_147_483_647, 0, 1, 2]],
	] as const)(
		'F-23 %s %s: each reading is stored once, in the order of its moment, and the newest is shown',
		async (device, _, seqs) => {
			for (const [i, seq] of seqs.entries()) {
				const reading = work.reading(device, { momentPercent: 20 + i }, 0, seq);
				expect(await work.send(reading)).toMatchObject({ accepted: 1, duplicates: 0 });
				expect(await work.send(reading)).toMatchObject({ accepted: 0, duplicates: 1 });
				work.pass(5);
			}
			expect(await stored(device)).toEqual(seqs.map((seq, i) => [seq, 20 + i]));
			const { object } = work.live.state.devices.get(device)!;
			expect(work.live.state.levelOf(object!)).toBe('normal');
		},
	);

	test('F-23 two readings of one moment with different numbers are two', async () => {
		const [one, two] = [0, 1].map((seq) => work.reading('TC-1', { momentPercent: 30 + seq }, 0, seq));
		expect(await work.send(one, two)).toMatchObject({ accepted: 2, duplicates: 0 });
	});

	test('F-23 no alarm came of any of it but that the others were silent meanwhile', async () => {
		await work.live.outbox.drained();
		expect(
			await database().read.selectFrom('alarm').select('condition').where('condition', '<>', 'offline').execute(),
		).toEqual([]);
	});
});
