// A device beside the machines that falls silent in the middle of its alarm.

import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { aRegister } from '../builders.ts';
import { onBoth } from '../database/both.ts';
import { AtWork } from './at-work.ts';

onBoth('a gondola station', (database) => {
	test('that fell silent in its alarm is not shown as of now: its site is unknown until it speaks again', async () => {
		await aRegister(database().ingest)
			.withTown('330109001', '城厢街道', [120.27, 30.17])
			.withSite({ name: '吊篮工地', town: '330109001', at: [120.27, 30.17] })
			.withSiteDevice('吊篮工地', 'gondola', 'DL-1', 5)
			.build();
		const work = await AtWork.start(database(), '2026-11-20T08:00:00Z');
		try {
			await work.keepSending('DL-1', { windMs: 16 }, 60);
			expect(work.levelOf('吊篮工地')).toBe('danger');
			work.pass(20);
			expect(work.levelOf('吊篮工地')).toBe('unknown');
			await work.live.outbox.drained();
			const { rows } = await sql<{ open: string }>`
				select count(*) as open from alarm where condition = 'wind' and cleared_at is null`.execute(database().read);
			expect(Number(rows[0]!.open)).toBe(1);
			await work.keepSending('DL-1', { windMs: 16 }, 1);
			expect(work.levelOf('吊篮工地')).toBe('danger');
		} finally {
			await work.close();
		}
		expect(work.faults).toEqual([]);
	});
});
