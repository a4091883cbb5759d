import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { migrate, schemaOf } from '#lib/server/db/migrate.ts';
import { migrations } from '#db/migrations/index.ts';
import { onBoth } from './both.ts';

onBoth('migrations', (database) => {
	test('bring a new database to the newest schema', async () => {
		expect(await schemaOf(database().read)).toBe(Object.keys(migrations).at(-1));
	});

	test('change nothing the second time', async () => {
		expect(await migrate(database().ingest)).toEqual([]);
	});

	test('run once when two processes migrate at the same time', async () => {
		const more = {
			...migrations,
			'9001_twice': { up: (db: never) => sql`create table twice (n integer)`.execute(db).then(() => undefined) },
		};
		const [one, other] = await Promise.all([
			migrate(database().ingest, undefined, more),
			migrate(database().alarm, undefined, more),
		]);
		expect([...one, ...other]).toEqual(['9001_twice']);
	});

	test('leave nothing behind when they fail half way', async () => {
		const failing = {
			...migrations,
			'9001_twice': migrations['0001_area']!,
			'9002_half': {
				async up(db: never) {
					await sql`create table half (n integer)`.execute(db);
					await sql`select 1 / 0`.execute(db);
				},
			},
		};
		await expect(migrate(database().ingest, undefined, failing)).rejects.toThrow(/division by zero/);
		const { rows } = await sql`select to_regclass('half') as half`.execute(database().read);
		expect(rows).toEqual([{ half: null }]);
	});

	test('refuse a database newer than the program', async () => {
		await expect(migrate(database().ingest)).rejects.toMatchObject({ code: 'conflict', subject: '9001_twice' });
	});
});
