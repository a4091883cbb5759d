// One table for everything that exactly one process may do.

import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { holdJob, isSeated, keepSeat, leaveSeat, takeSeat } from '#lib/server/repositories/lease.ts';
import { transaction } from '#lib/server/db/transaction.ts';
import { onBoth } from './both.ts';

onBoth('leases', (database) => {
	test('a seat and a job are each held by one, and do not touch one another', async () => {
		const [a, b] = [randomUUID(), randomUUID()];
		const db = database().alarm;
		const at = (s: number) => new Date(Date.now() + s * 1000);
		const seat = await takeSeat(db, 'engine', a, 30);
		expect(seat).toMatchObject({ epoch: '1' });
		expect(await takeSeat(db, 'engine', b, 30)).toBeUndefined();
		expect(await holdJob(db, 'notifier', b, at(0), at(20))).toBe(true);
		expect(await holdJob(db, 'notifier', a, at(1), at(20))).toBe(false);
		expect(await keepSeat(db, 'engine', a, seat!.epoch, 30, null)).toBe(true);
		expect(await transaction(db, (tx) => isSeated(tx, 'engine', a, seat!.epoch))).toBe(true);
		expect(await transaction(db, (tx) => isSeated(tx, 'engine', b, seat!.epoch))).toBe(false);
	});

	test('a seat given back is free at once, and to the reluctant only after they have waited', async () => {
		const [leaving, eager, reluctant] = [randomUUID(), randomUUID(), randomUUID()];
		const db = database().alarm;
		const seat = await takeSeat(db, 'given-back', leaving, 30);
		await leaveSeat(db, 'given-back', leaving, seat!.epoch, null);
		expect(await takeSeat(db, 'given-back', reluctant, 30, { freeForS: 5 })).toBeUndefined();
		expect(await takeSeat(db, 'given-back', eager, 30)).toMatchObject({ epoch: '2' });
	});

	test('the number of a job grows when it changes hands, and only then', async () => {
		const [a, b] = [randomUUID(), randomUUID()];
		const db = database().alarm;
		const at = (s: number) => new Date(Date.now() + s * 1000);
		const epoch = async () =>
			(await db.selectFrom('lease').select('epoch').where('name', '=', 'test').executeTakeFirstOrThrow()).epoch;
		await holdJob(db, 'test', a, at(0), at(20));
		await holdJob(db, 'test', a, at(10), at(30));
		expect(await epoch()).toBe('1');
		await holdJob(db, 'test', b, at(31), at(50));
		expect(await epoch()).toBe('2');
	});
});
