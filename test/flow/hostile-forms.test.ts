// T16: SQL in the fields of forms. Every action of every page × every field, and the names of fields that are kept × the
// corpus: no 5xx, nothing changed that the form does not change, and what is kept is kept letter by letter.

import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sha256 } from '#lib/server/auth/secret.ts';
import { addPerson } from '#lib/server/repositories/person.ts';
import { AtTheDoors } from './at-the-doors.ts';
import { FORMS, type FormRow, type FormWorld } from './form-rows.ts';
import { SQL, SQL_SPEAKING } from './sql-corpus.ts';
import { keptTexts, shapeOf } from './whole-database.ts';
import { twoTowns } from './two-towns.ts';

/** In `npm test` each field gets a part of the corpus, another part than the field before it. */
const TEXTS = process.env.NIGHTLY ? SQL.length : 4;
/** The text no column takes, in every field, every time. */
const NUL = '\u0000';
/** What these forms write, and what the running program writes by itself. */
const WRITTEN = [
	...['audit', 'event_log', 'person', 'role_grant', 'person_identity', 'session', 'sign_in_link', 'wall', 'api_token'],
	...['totp', 'recovery_code', 'passkey', 'flood_notice', 'flood_receipt', 'flood_resume', 'flood_photo', 'flood_log'],
	...['site_measure', 'duty_draw', 'duty_check', 'notice'],
	...['app_process', 'lease', 'job_lease', 'backup', 'alarm', 'alarm_step', 'escalation', 'incident', 'flood_site'],
];

let doors: AtTheDoors;
let world: FormWorld;
let before: { shape: unknown; rows: Record<string, string>; grants: number };
const sent: { text: string; at: string; isTaken: boolean; isKept: boolean; isWords: boolean }[] = [];

beforeAll(async () => {
	doors = await AtTheDoors.open(
		async ({ ingest: db }) => {
			const { own, floodEvent } = await twoTowns(db);
			const person = randomUUID();
			const at = new Date();
			await addPerson(db, { id: person, login: 'bound', name: '被管理者', isDemo: false, passwordHash: null, at });
			world = { ...own, db, floodEvent, person };
		},
		{ OIDC_ISSUER: 'https://id.example', OIDC_CLIENT_ID: 'sitewatch', OIDC_CLIENT_SECRET: 'secret' },
	);
	before = { shape: await shapeOf(doors.databases.read), rows: await rowsOf(), grants: await highGrants() };
});
afterAll(() => doors.close());

const MODULES = import.meta.glob<{ actions?: Record<string, unknown> }>('../../src/routes/**/+page.server.ts');

async function actionsOfPages(): Promise<string[]> {
	const found: string[] = [];
	for (const [file, load] of Object.entries(MODULES)) {
		const route = file.replace('../../src/routes', '').replace('/+page.server.ts', '');
		for (const action of Object.keys((await load()).actions ?? {})) found.push(`${route} ?/${action}`);
	}
	return found.sort();
}

/** Of every table that no form writes, what stands in it. */
async function rowsOf(): Promise<Record<string, string>> {
	const { rows } = await sql<{ name: string }>`select table_name as name from information_schema.tables
		where table_schema = 'public' and table_type = 'BASE TABLE' and table_name <> 'spatial_ref_sys'`.execute(
		doors.databases.read,
	);
	const told: Record<string, string> = {};
	for (const { name } of rows) {
		if (WRITTEN.includes(name)) continue;
		const { rows: sums } = await sql<{ sum: string }>`
			select md5(coalesce(string_agg(line, '|' order by line), '')) as sum
			from (select to_jsonb(t)::text as line from ${sql.table(name)} t) lines`.execute(doors.databases.read);
		told[name] = sums[0]!.sum;
	}
	return told;
}
/** Administrators and roles for the whole district: none may come of a text. */
async function highGrants(): Promise<number> {
	const { rows } = await sql<{ n: number }>`select count(*)::int as n from role_grant
		where length(area) = 6 and granted_by <> 'test'`.execute(doors.databases.read);
	return rows[0]!.n;
}

async function signedIn(who: FormRow['who']): Promise<Record<string, string>> {
	if (who === 'nobody') return {};
	const headers = await doors.person(who, '330109');
	const token = headers['cookie']!.slice('sid='.length);
	await sql`update session set proven_at = now() where token_sha256 = ${sha256(token)}`.execute(doors.databases.ingest);
	return headers;
}

/** Every field of a form, and every name that is kept, each as a way to put something else there. */
function places({ form, names = [] }: FormRow): { at: string; put: (text: string) => Record<string, string> }[] {
	return [
		...Object.keys(form).map((field) => ({ at: field, put: (text: string) => ({ ...form, [field]: text }) })),
		...names.map((name) => ({
			at: `${name} (name)`,
			put: (text: string) => {
				const { [name]: value, ...rest } = form;
				return { ...rest, [`q-${text}`]: value! };
			},
		})),
	];
}

test('every action of every page has a form in test/flow/form-rows.ts', async () => {
	expect(Object.keys(FORMS).sort()).toEqual(await actionsOfPages());
});

describe('T16 SQL in forms', () => {
	let turn = 0;

	test.each(Object.keys(FORMS))('%s: a text stays a text', async (door) => {
		const [route, action] = door.split(' ') as [string, string];
		const wrong: string[] = [];
		const count = (await FORMS[door]!(world)).length;
		for (let index = 0; index < count; index++) {
			const fields = places((await FORMS[door]!(world))[index]!);
			for (const [place, { at }] of fields.entries())
				for (let i = 0; i <= TEXTS; i++) {
					// Asked for every text anew: what is done once cannot be done again.
					const row = (await FORMS[door]!(world))[index]!;
					const text = `${i === 0 ? NUL : SQL[turn++ % SQL.length]!}§${sent.length}§`;
					const ask = {
						query: `${action}`,
						form: places(row)[place]!.put(text),
						...(row.params && { params: row.params }),
					};
					const { status, text: said } = await doors.ask(await signedIn(row.who), 'POST', route, ask);
					if (status >= 500 || SQL_SPEAKING.test(said)) wrong.push(`${at} ${text}: ${status} ${said}`);
					const isRefused = status >= 400 || /"(reason|problem|refused)":/.test(said);
					sent.push({
						text,
						at: `${door} ${at}`,
						isTaken: !isRefused,
						isKept: row.unkept === undefined,
						isWords: row.words?.includes(at) === true,
					});
				}
		}
		expect(wrong).toEqual([]);
	});

	test('tables, columns and rows that no form writes are what they were; no text became a right', async () => {
		expect(await shapeOf(doors.databases.read)).toEqual(before.shape);
		expect(await rowsOf()).toEqual(before.rows);
		expect(await highGrants()).toBe(before.grants);
	});

	test('what was kept is kept letter by letter, and of every form that is taken something has stayed', async () => {
		const kept = await keptTexts(doors.databases.read);
		const changed = kept.filter((text) => {
			const marks = [...text.matchAll(/§(\d+)§/g)];
			return !marks.every(([, no]) => {
				const { text: given, isWords } = sent[Number(no)]!;
				return text.includes(given.trim()) || (isWords && given.includes(text));
			});
		});
		expect(changed).toEqual([]);
		const numbers = new Set(kept.flatMap((text) => [...text.matchAll(/§(\d+)§/g)].map(([, no]) => Number(no))));
		const keeping = sent.map((one, no) => ({ ...one, no })).filter(({ isKept }) => isKept);
		const doorsOf = (all: typeof keeping) =>
			[...new Set(all.map(({ at }) => at.split(' ').slice(0, 2).join(' ')))].sort();
		expect(doorsOf(keeping.filter(({ isTaken }) => isTaken)), 'a form that is in order').toEqual(doorsOf(keeping));
		expect(doorsOf(keeping.filter(({ no }) => numbers.has(no)))).toEqual(doorsOf(keeping));
	});
});
