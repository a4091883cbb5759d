import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { allAnswered } from '#lib/server/db/transaction.ts';
import { onBoth } from './both.ts';

onBoth('quick transactions', (database) => {
	beforeAll(async () => {
		await sql`create table quick_note (id integer primary key, before integer)`.execute(database().ingest);
	});

	const stored = async (): Promise<number[]> => {
		const { rows } = await sql<{ id: number }>`select id from quick_note order by id`.execute(database().read);
		return rows.map(({ id }) => id);
	};
	/** Each note holds how many stood before it, as far as its statement saw. */
	const note = (id: number) =>
		sql<{ before: number }>`insert into quick_note select ${id}, count(*) from quick_note returning before`;

	test('what is asked in one breath runs in that order, and the last word is the commit', async () => {
		const before = await database().quickly(async (tx, commit) => {
			const asked = [1, 2, 3, 4, 5].map((id) => note(id).execute(tx));
			const [answers] = await allAnswered([allAnswered(asked), commit()]);
			return answers.map(({ rows }) => rows[0]!.before);
		});
		expect(before).toEqual([0, 1, 2, 3, 4]);
		expect(await stored()).toEqual([1, 2, 3, 4, 5]);
	});

	test('one failed statement of many: nothing is stored, its error is told, and the next transaction works', async () => {
		const attempt = database().quickly(async (tx, commit) => {
			await allAnswered([note(6).execute(tx), note(1).execute(tx), note(7).execute(tx), commit()]);
		});
		await expect(attempt).rejects.toMatchObject({ code: '23505' });
		expect(await stored()).toEqual([1, 2, 3, 4, 5]);
		await database().quickly(async (tx, commit) => {
			await allAnswered([note(8).execute(tx), commit()]);
		});
		expect(await stored()).toContain(8);
	});

	test('a body that thinks better of it stores nothing', async () => {
		const attempt = database().quickly(async (tx) => {
			await note(9).execute(tx);
			throw new Error('thought better of it');
		});
		await expect(attempt).rejects.toThrow('thought better of it');
		await expect(database().quickly((tx) => note(10).execute(tx))).rejects.toThrow(/without its commit/);
		const now = await stored();
		expect(now).not.toContain(9);
		expect(now).not.toContain(10);
	});

	test('a failure that was passed over is no commit', async () => {
		const careless = database().quickly(async (tx, commit) => {
			const asked = [note(11).execute(tx), note(1).execute(tx)];
			await Promise.allSettled(asked);
			await commit();
		});
		await expect(careless).rejects.toThrow(/caught and passed over/);
		expect(await stored()).not.toContain(11);
	});

	test('F-04 a conflict with others is tried again', async () => {
		let runs = 0;
		await database().quickly(async (tx, commit) => {
			runs += 1;
			if (runs < 3) await sql`do $$ begin raise exception using errcode = '40P01'; end $$`.execute(tx);
			await allAnswered([note(12).execute(tx), commit()]);
		});
		expect(runs).toBe(3);
		expect(await stored()).toContain(12);
	});

	test('asking the pool inside throws instead of waiting for ever', async () => {
		const attempt = database().quickly(async (_, commit) => {
			await sql`select 1`.execute(database().read);
			await commit();
		});
		await expect(attempt).rejects.toThrow(/Pass on the transaction \(tx\) instead/);
	});
});
