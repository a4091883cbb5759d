// Whatever is sent to the door of readings, and whatever stands in an address: no crash, no 5xx, nothing stored that was
// not acknowledged, nobody else kept waiting.

import fc from 'fast-check';
import { sql } from 'kysely';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TelemetryAnswer } from '#lib/contract/telemetry.ts';
import type { PersonRole } from '#lib/domain/access/principal.ts';
import { watchLoop } from '../loop-stall.ts';
import { AtTheDoors } from './at-the-doors.ts';
import { MATRIX, PEOPLE } from './door-matrix.ts';
import { SQL, SQL_SPEAKING } from './sql-corpus.ts';
import { twoTowns, type OneTown } from './two-towns.ts';

const PAYLOADS = process.env.NIGHTLY ? 100_000 : 5_000;
const STALL_MS = 200;

let doors: AtTheDoors;
let own: OneTown;
const people = new Map<string, Record<string, string>>();

beforeAll(async () => {
	doors = await AtTheDoors.open(async (databases) => void ({ own } = await twoTowns(databases.ingest)));
	for (const role of PEOPLE.split(' ')) people.set(role, await doors.person(role as PersonRole, '330109'));
});
afterAll(() => doors.close());

const odd = fc.oneof(
	fc.constantFrom(null, true, '', 'NaN', '1,5', '1e400', -0, 1e308, Number.MAX_SAFE_INTEGER + 2, [], {}, [[[]]]),
	fc.double(),
	fc.string({ unit: 'binary', maxLength: 40 }),
	fc.jsonValue(),
);
const name = fc.oneof(fc.constantFrom('windMs', 'momentPercent', '__proto__', 'constructor', ''), fc.string());
const reading = fc.record(
	{
		device: fc.oneof({ weight: 3, arbitrary: fc.constant('TC-OWN') }, odd),
		at: fc.oneof(
			{ weight: 3, arbitrary: fc.date({ noInvalidDate: true }).map((date) => date.toISOString()) },
			fc.constant(new Date().toISOString()),
			odd,
		),
		seq: fc.oneof(fc.nat(), odd),
		values: fc.oneof(fc.dictionary(name, fc.oneof(fc.double(), odd), { maxKeys: 6 }), odd),
	},
	{ requiredKeys: [] },
);
const text = fc.oneof(
	{ weight: 6, arbitrary: fc.array(reading, { maxLength: 5 }).map((readings) => JSON.stringify({ readings })) },
	{
		weight: 2,
		arbitrary: fc.array(reading, { maxLength: 5 }).map((all) => all.map((one) => JSON.stringify(one)).join('\n')),
	},
	fc.jsonValue().map((value) => JSON.stringify(value)),
	fc.string({ unit: 'binary', maxLength: 300 }),
	fc.integer({ min: 1, max: 8000 }).map((deep) => `{"readings":${'['.repeat(deep)}`),
	fc
		.integer({ min: 1, max: 8000 })
		.map((deep) => `{"readings":[{"values":${'{"a":'.repeat(deep)}1${'}'.repeat(deep)}}]}`),
	fc.nat(4000).map((digits) => `{"readings":[{"device":"TC-OWN","seq":${'9'.repeat(digits + 1)}}]}`),
);
const payload = fc.record({
	bytes: fc.oneof(
		{ weight: 6, arbitrary: text.map((content) => Buffer.from(content)) },
		fc.uint8Array({ maxLength: 400 }).map((content) => Buffer.from(content)),
		// Cut off in the middle.
		fc.tuple(text, fc.double({ min: 0, max: 1, noNaN: true })).map(([content, share]) => {
			const all = Buffer.from(content);
			return all.subarray(0, Math.floor(all.length * share));
		}),
	),
	type: fc.constantFrom('application/json', 'application/x-ndjson', 'text/plain', 'multipart/form-data', ''),
	encoding: fc.constantFrom('', '', '', 'gzip', 'gzip-broken', 'br', 'x-odd'),
});

test('T9 generated payloads: no crash, no 5xx, nothing stored beyond what was acknowledged, no stall', async () => {
	const key = await doors.token('ingest', null);
	const stored = async () => {
		const { rows } = await sql<{ n: string }>`select count(*) as n from reading`.execute(doors.databases.read);
		return Number(rows[0]!.n);
	};
	const before = await stored();
	const wrong: string[] = [];
	let [accepted, answered] = [0, 0];
	const seed = process.env.NIGHTLY ? Date.now() % 1_000_000 : 20261126;
	const waiting = fc.sample(payload, { numRuns: PAYLOADS, seed });
	const loop = watchLoop();
	const sender = async () => {
		for (let next = waiting.pop(); next; next = waiting.pop()) {
			const { bytes, type, encoding } = next;
			const body = encoding === 'gzip' ? gzipSync(bytes) : bytes;
			const headers: Record<string, string> = { ...key, ...(type && { 'content-type': type }) };
			if (encoding) headers['content-encoding'] = encoding.replace('-broken', '');
			const response = await fetch(`${doors.url}/api/v1/telemetry`, {
				method: 'POST',
				headers,
				body: new Uint8Array(body),
			});
			const said = await response.text();
			answered++;
			if (response.status >= 500) wrong.push(`${response.status} ${said} to ${bytes.toString('latin1').slice(0, 200)}`);
			if (response.status === 200) accepted += (JSON.parse(said) as TelemetryAnswer).accepted;
		}
	};
	await Promise.all(Array.from({ length: 8 }, sender));
	loop.stop();

	expect(wrong, `seed ${seed}`).toEqual([]);
	expect(answered).toBe(PAYLOADS);
	expect(accepted).toBeGreaterThan(0);
	expect(await stored()).toBe(before + accepted);
	expect(loop.longestMs()).toBeLessThan(STALL_MS);
}, 1_200_000);

/** Names of parameters a route asks for, in its own file and in the readers of queries it imports. */
function parametersOf(route: string): string[] {
	const folder = join('src/routes', route);
	const files = readdirSync(folder).filter((file) => /^\+(server|page\.server)\.ts$/.test(file));
	const own = files.map((file) => readFileSync(join(folder, file), 'utf8'));
	const readers = own.flatMap((source) =>
		[...source.matchAll(/from '#(lib\/server\/(?:http|field|planning|import)\/[\w-]+\.ts)'/g)].map(([, path]) =>
			readFileSync(join('src', path!), 'utf8'),
		),
	);
	const found = [...own, ...readers].flatMap((source) => [
		...source.matchAll(/(?:searchParams\.(?:get|has|getAll)|\bask|\bgiven|\bnumber|\btext)\('(\w+)'/g),
	]);
	return [...new Set(found.map(([, parameter]) => parameter!))];
}

describe('T16 SQL in addresses', () => {
	const reads = Object.keys(MATRIX).filter((door) => door.startsWith('GET '));
	const places = reads.flatMap((door) => {
		const route = door.slice(4);
		const inPath = [...route.matchAll(/\[(\w+)\]/g)].map(([, parameter]) => ['path', parameter!] as const);
		return [...inPath, ...parametersOf(route).map((parameter) => ['query', parameter] as const)].map(
			([where, parameter]) => [door, where, parameter] as const,
		);
	});

	test('is looked for in every parameter there is', () => {
		expect(places.length).toBeGreaterThan(60);
	});

	test.each(places)('%s, %s %s: a value stays a value', async (door, where, parameter) => {
		const route = door.slice(4);
		const who = PEOPLE.split(' ').find((role) => MATRIX[door] === '*' || MATRIX[door]!.split(' ').includes(role))!;
		for (const text of SQL) {
			const value = encodeURIComponent(text);
			const params = where === 'path' ? { [parameter]: text.replaceAll('/', '') } : { id: own.site };
			const query = where === 'query' ? `?${parameter}=${value}` : '';
			const answer = await doors.ask(people.get(who)!, 'GET', route, { params, query });
			expect(answer.status, `${text}: ${answer.text}`).toBeLessThan(500);
			expect(answer.text).not.toMatch(SQL_SPEAKING);
		}
	});

	test('everything is where it was', async () => {
		const { rows } = await sql<{ sites: string; alarms: string; audits: string }>`
			select (select count(*) from site) as sites, (select count(*) from alarm where device_id like 'TC-%') as alarms,
				(select count(*) from audit) as audits`.execute(doors.databases.read);
		expect(rows[0]!.sites).toBe('2');
		expect(Number(rows[0]!.alarms)).toBeGreaterThanOrEqual(2);
	});
});
