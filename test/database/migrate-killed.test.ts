// A migration is broken off after each of its statements, and the next start goes on; two that start are one.

import { sql, type Migration } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { migrations as shipped } from '#db/migrations/index.ts';
import { migrate, schemaOf } from '#lib/server/db/migrate.ts';
import { onBoth } from './both.ts';

const STATEMENTS = [
	sql`create table moved (id integer primary key, old text)`,
	sql`insert into moved select n, 'row ' || n from generate_series(1, 5) as n`,
	sql`alter table moved add column fresh text`,
	sql`update moved set fresh = upper(old)`,
	sql`create index moved_by_fresh on moved (fresh)`,
];

class Broken extends Error {}

/** Goes as far as `most` statements and breaks off there; undefined goes to the end. */
const migration = (most?: number): Migration => ({
	async up(db) {
		for (const [at, statement] of STATEMENTS.entries()) {
			if (at === most) throw new Broken();
			await statement.execute(db);
		}
		if (most === STATEMENTS.length) throw new Broken();
	},
});

onBoth('a migration that is broken off', (database) => {
	beforeAll(async () => expect(await schemaOf(database().read)).toBe(Object.keys(shipped).at(-1)));

	test.each([...STATEMENTS.keys(), STATEMENTS.length])(
		'F-10 after %i statements leaves nothing behind, and the old program goes on',
		async (most) => {
			const half = { ...shipped, '9100_moved': migration(most) };
			await expect(migrate(database().ingest, undefined, half)).rejects.toThrow(Broken);
			const { rows } = await sql`select to_regclass('moved') as moved`.execute(database().read);
			expect(rows).toEqual([{ moved: null }]);
			expect(await migrate(database().ingest)).toEqual([]);
		},
	);

	test('F-11 two that start at once do it once, whole', async () => {
		const whole = { ...shipped, '9100_moved': migration() };
		const done = await Promise.all([
			migrate(database().ingest, undefined, whole),
			migrate(database().alarm, undefined, whole),
		]);
		expect(done.flat()).toEqual(['9100_moved']);
		const { rows } = await sql`select count(*)::int as n from moved where fresh = upper(old)`.execute(database().read);
		expect(rows).toEqual([{ n: 5 }]);
	});
});
