// T16: SQL in the fields of bodies. Every door that takes JSON × every text in it × the corpus: no 5xx, no change of shape,
// and what is kept is kept letter by letter.

import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { PersonRole } from '#lib/domain/access/principal.ts';
import { AtTheDoors } from './at-the-doors.ts';
import { BODIES, type BodyRow } from './body-rows.ts';
import { MATRIX, PEOPLE } from './door-matrix.ts';
import { SQL, SQL_SPEAKING } from './sql-corpus.ts';
import { twoTowns } from './two-towns.ts';
import { keptTexts, shapeOf } from './whole-database.ts';

/** In `npm test` each field gets a part of the corpus, another part than the field before it. */
const TEXTS = process.env.NIGHTLY ? SQL.length : 3;

let doors: AtTheDoors;
let world: Parameters<(typeof BODIES)[string]>[0];
let shape: unknown;
const people = new Map<string, Record<string, string>>();
/** What was sent, by the number that stands behind it. */
const sent: { text: string; at: string; isTaken: boolean; isKept: boolean }[] = [];

beforeAll(async () => {
	doors = await AtTheDoors.open(
		async (databases) => {
			const { own, floodEvent } = await twoTowns(databases.ingest);
			world = { ...own, floodEvent, person: randomUUID() };
			for (const name of ['沈岚', '陈立'])
				await sql`insert into officer (id, name, certificate_no, certificate_until, source_id)
				values (gen_random_uuid(), ${name}, '1', '2099-01-01', ${own.source})`.execute(databases.ingest);
			await sql`insert into patrol_base (id, name, location, is_default, source_id)
			values (gen_random_uuid(), '监督站', st_setsrid(st_makepoint(120.27, 30.17), 4326), true, ${own.source})`.execute(
				databases.ingest,
			);
		},
		{ OUTBOUND_ALLOW: 'weather.example:443' },
	);
	for (const role of PEOPLE.split(' ')) people.set(role, await doors.person(role as PersonRole, '330109'));
	shape = await shapeOf(doors.databases.read);
});
afterAll(() => doors.close());

/** Doors that read a body by a schema, as their files tell. */
function jsonDoors(): string[] {
	const files = readdirSync('src/routes', { recursive: true, encoding: 'utf8' }).filter((file) =>
		file.endsWith('+server.ts'),
	);
	return files.flatMap((file) => {
		const route = `/${file.replace(/\/?\+server\.ts$/, '').replaceAll('\\', '/')}`;
		const parts = readFileSync(join('src/routes', file), 'utf8')
			.split(/^export const (?=[A-Z]+\b)/m)
			.slice(1);
		return parts
			.filter((part) => /(?:jsonBody|readRainGrid)\(/.test(part))
			.map((part) => `${part.match(/^[A-Z]+/)![0]} ${route}`);
	});
}

/** Every text in a body and every name of a field of its records, each as a way to put something else there. */
function places(body: unknown): { at: string; put: (text: string) => unknown }[] {
	if (typeof body === 'string') return [{ at: '', put: (text) => text }];
	if (typeof body !== 'object' || body === null) return [];
	return Object.entries(body).flatMap(([key, value]) => [
		...places(value).map(({ at, put }) => ({
			at: `.${key}${at}`,
			put: (text: string) => (Array.isArray(body) ? body.with(Number(key), put(text)) : { ...body, [key]: put(text) }),
		})),
		...(/^(values|departments|unitFactors|mapping)$/.test(key) && value !== null
			? [
					{
						at: `.${key}{}`,
						put: (text: string) => ({ ...body, [key]: { ...value, [text]: Object.values(value as object)[0] } }),
					},
				]
			: []),
	]);
}

test('every door that takes JSON has a body in test/flow/body-rows.ts', () => {
	expect(Object.keys(BODIES).sort()).toEqual(jsonDoors().sort());
});

describe('T16 SQL in bodies', () => {
	let turn = 0;

	test.each(Object.keys(BODIES))('%s: a text stays a text', async (door) => {
		const [method, route] = door.split(' ') as [string, string];
		const who = PEOPLE.split(' ').find((role) => MATRIX[door] === '*' || MATRIX[door]!.split(' ').includes(role))!;
		const wrong: string[] = [];
		const put = async (row: BodyRow, at: string, text: string, body: unknown) => {
			const ask = { ...(row.params && { params: row.params }), body };
			const { status, text: said } = await doors.ask(people.get(who)!, method, route, ask);
			if (status >= 500 || SQL_SPEAKING.test(said)) wrong.push(`${at} ${text}: ${status} ${said}`);
			sent.push({ text, at: `${door} ${at}`, isTaken: status < 300, isKept: row.unkept === undefined });
		};
		// Asked for every field anew: what is done once cannot be done again.
		for (const index of BODIES[door]!(world).keys()) {
			for (const at of places(BODIES[door]!(world)[index]!.body).keys())
				for (let i = 0; i < TEXTS; i++) {
					const row = BODIES[door]!(world)[index]!;
					const place = places(row.body)[at]!;
					const text = `${SQL[turn++ % SQL.length]!}§${sent.length}§`;
					await put(row, place.at, text, place.put(text));
				}
		}
		expect(wrong).toEqual([]);
	});

	test('tables and columns are what they were, and nothing is gone', async () => {
		expect(await shapeOf(doors.databases.read)).toEqual(shape);
		const { rows } = await sql<{ sites: string; alarms: string }>`
			select (select count(*) from site) as sites, (select count(*) from alarm where device_id like 'TC-%') as alarms`.execute(
			doors.databases.read,
		);
		expect([rows[0]!.sites, Number(rows[0]!.alarms) >= 2]).toEqual(['2', true]);
	});

	test('what was kept is kept letter by letter', async () => {
		const kept = await keptTexts(doors.databases.read);
		const changed = kept.filter((text) => {
			const marks = [...text.matchAll(/§(\d+)§/g)];
			return !marks.every(([, no]) => text.includes(sent[Number(no)]!.text.trim()));
		});
		expect(changed).toEqual([]);
		const numbers = new Set(kept.flatMap((text) => [...text.matchAll(/§(\d+)§/g)].map(([, no]) => Number(no))));
		// What is written over by the next text at the same place is gone; of every door something has stayed.
		const keeping = sent.map((one, no) => ({ ...one, no })).filter(({ isKept }) => isKept);
		const doorsOf = (all: typeof keeping) => new Set(all.map(({ at }) => at.split(' ').slice(0, 2).join(' ')));
		const taken = doorsOf(keeping.filter(({ isTaken }) => isTaken));
		expect(doorsOf(keeping), 'a body that is in order').toEqual(taken);
		expect(doorsOf(keeping.filter(({ no }) => numbers.has(no)))).toEqual(taken);
		expect(numbers.size).toBeGreaterThan(30 * (TEXTS / 3));
	});
});
