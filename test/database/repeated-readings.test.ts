// Every message one to five times, in any order and over several batches: what is stored is what was sent.

import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { seeded } from '#lib/domain/random.ts';
import { aRegister } from '../builders.ts';
import { AtWork } from '../flow/at-work.ts';
import { onBoth } from './both.ts';

const MESSAGES = process.env.NIGHTLY ? 1_000_000 : 20_000;
const DEVICES = 20;
const BATCH = 1000;
const START = Date.parse('2026-11-20T00:00:00Z');

onBoth('messages that come more than once', (database) => {
	test(`F-19 each of ${MESSAGES} sent 1 to 5 times, shuffled: the stored set equals the sent set, alarms are raised once`, async () => {
		const register = aRegister(database().ingest).withSite({ name: '工地', town: null, at: [120.27, 30.17] });
		for (let d = 0; d < DEVICES; d++) register.withCrane({ site: '工地', record: `R-${d}`, device: `R-${d}` });
		await register.build();
		const stepMs = Math.max(1, Math.floor((20 * 3_600_000) / (MESSAGES / DEVICES)));
		const work = await AtWork.start(database(), new Date(START + 21 * 3_600_000).toISOString());
		const random = seeded('repeated');
		let accepted = 0;
		let duplicates = 0;
		let copies = 0;
		// In portions, so that a million messages do not lie in memory five times.
		for (let from = 0; from < MESSAGES; from += 50_000) {
			const sent = Array.from({ length: Math.min(50_000, MESSAGES - from) }, (_, i) => {
				const n = from + i;
				const at = new Date(START + Math.floor(n / DEVICES) * stepMs).toISOString();
				return { device: `R-${n % DEVICES}`, at, seq: n, values: { momentPercent: n % 80 } };
			});
			const all = random.shuffled(sent.flatMap((message) => Array.from({ length: random.whole(1, 5) }, () => message)));
			copies += all.length;
			const batches = Array.from({ length: Math.ceil(all.length / BATCH) }, (_, i) =>
				all.slice(i * BATCH, (i + 1) * BATCH),
			);
			for (let at = 0; at < batches.length; at += 4) {
				const answers = await Promise.all(batches.slice(at, at + 4).map((batch) => work.send(...batch)));
				for (const answer of answers) {
					expect(answer.rejected).toEqual([]);
					accepted += answer.accepted;
					duplicates += answer.duplicates;
				}
			}
		}
		expect([accepted, accepted + duplicates]).toEqual([MESSAGES, copies]);
		const { rows } = await sql<{ n: string; seqs: string; lowest: string; highest: string }>`
			select count(*) as n, count(distinct seq) as seqs, min(seq) as lowest, max(seq) as highest
			from reading join device on device.no = device_no where device.id like 'R-%'`.execute(database().read);
		expect(rows[0]).toEqual({
			n: String(MESSAGES),
			seqs: String(MESSAGES),
			lowest: '0',
			highest: String(MESSAGES - 1),
		});
		const twice = await sql`select device_id, condition from alarm group by 1, 2 having count(*) > 1`.execute(
			database().read,
		);
		expect(twice.rows).toEqual([]);
		await work.close();
	}, 3_600_000);
});
