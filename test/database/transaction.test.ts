import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { transaction } from '#lib/server/db/transaction.ts';
import { onBoth } from './both.ts';

onBoth('transactions', (database) => {
	beforeAll(async () => {
		await sql`create table note (id integer primary key, text text not null)`.execute(database().ingest);
	});

	test('asking the pool inside a transaction throws instead of waiting for ever, and nothing is kept', async () => {
		const attempt = transaction(database().ingest, async (tx) => {
			await sql`insert into note values (1, 'kept?')`.execute(tx);
			await sql`select 1`.execute(database().read);
		});
		await expect(attempt).rejects.toThrow(/Pass on the transaction \(tx\) instead/);
		const { rows } = await sql`select id from note where id = 1`.execute(database().read);
		expect(rows).toEqual([]);
	});

	test('a transaction inside a transaction is the same one', async () => {
		await transaction(database().ingest, async (tx) => {
			await sql`insert into note values (2, 'outer')`.execute(tx);
			await transaction(tx, (inner) => sql`insert into note values (3, 'inner')`.execute(inner));
		});
		const { rows } = await sql`select id from note where id in (2, 3) order by id`.execute(database().read);
		expect(rows).toEqual([{ id: 2 }, { id: 3 }]);
	});

	test('F-04 a conflict with others is tried again, at most three times more', async () => {
		let runs = 0;
		const clash = (): Promise<unknown> =>
			transaction(database().ingest, async (tx) => {
				runs += 1;
				if (runs < 4) await sql`do $$ begin raise exception using errcode = '40001'; end $$`.execute(tx);
				await sql`insert into note values (4, 'fourth try')`.execute(tx);
			});
		await clash();
		expect(runs).toBe(4);

		runs = -10;
		await expect(clash()).rejects.toMatchObject({ code: '40001' });
		expect(runs).toBe(-6);
	});

	test('a transaction whose error was passed over does not report that it was stored', async () => {
		const careless = transaction(database().ingest, async (tx) => {
			await sql`insert into note values (5, 'lost')`.execute(tx);
			await sql`select 1 / 0`.execute(tx).catch(() => undefined);
		});
		await expect(careless).rejects.toThrow(/caught and passed over/);
	});

	test('F-04 any other error is not tried again', async () => {
		let runs = 0;
		const twice = transaction(database().ingest, async (tx) => {
			runs += 1;
			await sql`insert into note values (4, 'there already')`.execute(tx);
		});
		await expect(twice).rejects.toMatchObject({ code: '23505' });
		expect(runs).toBe(1);
	});

	test('clients at work at the same time never get each other’s rows', async () => {
		const { read, ingest, alarm } = database();
		const pools = [read, ingest, alarm, read];
		const wrong: unknown[] = [];
		await Promise.all(
			pools.map(async (pool, client) => {
				for (let i = 0; i < 30; i += 1) {
					// Large parameters reach the engine in many pieces, with those of others between them.
					const text = 'x'.repeat(client % 2 === 0 ? 300_000 : 10);
					const { rows } = await sql<{ client: number; i: number; length: number }>`
						select ${client}::int as client, ${i}::int as i, length(${text}::text) as length`.execute(pool);
					const [row] = rows;
					if (row?.client !== client || row.i !== i || row.length !== text.length) wrong.push(row);
				}
			}),
		);
		expect(wrong).toEqual([]);
	});

	test('days and 8-byte integers stay text, moments are Dates', async () => {
		const { rows } = await sql`
			select date '2026-03-01' as day, 9007199254740993 as big,
				timestamptz '2026-03-01 08:00:00+08' as moment`.execute(database().read);
		expect(rows).toEqual([{ day: '2026-03-01', big: '9007199254740993', moment: new Date('2026-03-01T00:00:00Z') }]);
	});
});
