// A form that is in order for every action of every page, for tests that put something else in one of its fields. An action
// without a row fails (`hostile-forms.test.ts`).

import { randomBytes, randomUUID } from 'node:crypto';
import { sql, type RawBuilder } from 'kysely';
import type { PersonRole } from '#lib/domain/access/principal.ts';
import { sha256 } from '#lib/server/auth/secret.ts';
import type { Db } from '#lib/server/db/connection.ts';
import { linkHash } from '#lib/server/flood/site-link.ts';
import type { OneTown } from './two-towns.ts';

export interface FormRow {
	/** Nobody: a stranger with a link, or at the sign-in page. */
	who: PersonRole | 'nobody';
	form: Record<string, string>;
	params?: Record<string, string>;
	/** Names of fields that are kept as well as what stands in them: the part behind `q-`. */
	names?: readonly string[];
	/** Fields that hold several words; each is kept by itself. */
	words?: readonly string[];
	/** Why nothing of it is kept, where that is so. */
	unkept?: string;
}
export interface FormWorld extends OneTown {
	db: Db;
	floodEvent: string;
	person: string;
}

const NOT_KEPT = 'judged by a list, a code, an id or a secret; nothing else gets in';
const GUESS = { who: 'nobody', unkept: 'compared with what is known, or a path to go to' } as const;
const ADMIN = { who: 'securityAdmin' } as const;
const PASSWORD = 'Wanxiang-2026-ok';

const run = (db: Db, query: RawBuilder<unknown>) => query.execute(db);

async function link(db: Db, purpose: 'setup' | 'person' | 'wall' | 'demo', person: string | null): Promise<string> {
	const secret = randomBytes(32).toString('base64url');
	await run(
		db,
		sql`insert into sign_in_link (token_sha256, purpose, person_id, created_at, expires_at)
			values (${sha256(secret)}, ${purpose}, ${person}, now(), now() + interval '1 hour')`,
	);
	return secret;
}

async function duty({ db, site }: FormWorld): Promise<string> {
	const [draw, secret] = [randomUUID(), randomUUID()];
	await run(
		db,
		sql`insert into duty_draw (id, drawn_at, drawn_by, seed, seed_hash, pool) values (${draw}, now(), 'test', 's', 'h', 1)`,
	);
	await run(
		db,
		sql`insert into duty_check (id, draw_id, site_id, position, link_hash, asked_at, answer_by)
			values (${randomUUID()}, ${draw}, ${site}, 1, ${linkHash(secret)}, now(), now() + interval '1 hour')`,
	);
	return secret;
}

/** The order of the own site, with a stop that is over: its work may ask to go on. */
async function order({ db, notice }: FormWorld): Promise<string> {
	const secret = randomUUID();
	await run(db, sql`update flood_notice set link_hash = ${linkHash(secret)}, ended_at = null where id = ${notice}`);
	await run(db, sql`delete from site_measure where notice_id = ${notice}`);
	await run(
		db,
		sql`insert into site_measure (id, notice_id, work, measure, is_conditional, note, basis, source, confidence, trigger,
				trigger_level, ordered_at, is_over)
			values (${randomUUID()}, ${notice}, 'power', 'cutPower', false, '', 'b', 's', 'assumed', 't', 'IV', now(), true)`,
	);
	return secret;
}

export const FORMS: Record<string, (world: FormWorld) => Promise<FormRow[]>> = {
	'/login ?/default': async () => [{ ...GUESS, form: { login: 'shenlan', password: PASSWORD, to: '/' } }],
	'/login/second ?/default': async () => [
		{ who: 'dutyOfficer', form: { kind: 'code', value: '123456', to: '/' }, unkept: NOT_KEPT },
	],
	'/login/link/[token] ?/enter': async ({ db, person }): Promise<FormRow[]> => [
		{ ...GUESS, params: { token: await link(db, 'demo', person) }, form: {} },
		{ ...GUESS, params: { token: 'x' }, form: { anything: 'x' } },
	],
	'/login/link/[token] ?/wall': async () => [{ ...GUESS, params: { token: 'x' }, form: { anything: 'x' } }],
	'/login/link/[token] ?/password': async ({ db, person }) => [
		{
			...GUESS,
			params: { token: await link(db, 'person', person) },
			form: { password: PASSWORD, repeat: PASSWORD },
			unkept: 'kept as a hash, or refused',
		},
	],
	'/login/link/[token] ?/setup': async ({ db }) => [
		{
			...GUESS,
			params: { token: await link(db, 'setup', null) },
			form: { login: 'first', name: '首位', password: PASSWORD, repeat: PASSWORD },
			unkept: 'there are administrators already',
		},
	],
	'/account ?/password': async () => [
		{ who: 'dutyOfficer', form: { old: PASSWORD, password: PASSWORD, repeat: PASSWORD }, unkept: NOT_KEPT },
	],
	'/account ?/totpBegin': async () => [{ who: 'dutyOfficer', form: { anything: 'x' }, unkept: NOT_KEPT }],
	'/account ?/totpConfirm': async () => [{ who: 'dutyOfficer', form: { code: '123456' }, unkept: NOT_KEPT }],
	'/account ?/dropPasskey': async () => [{ who: 'dutyOfficer', form: { id: 'x' }, unkept: NOT_KEPT }],
	'/account/confirm ?/default': async () => [
		{ who: 'dutyOfficer', form: { kind: 'password', value: PASSWORD, to: '/' }, unkept: NOT_KEPT },
		{ who: 'dutyOfficer', form: { kind: 'recovery', value: 'abcd-efgh', to: '/' }, unkept: NOT_KEPT },
	],
	'/admin/sessions ?/end': async () => [{ ...ADMIN, form: { id: randomUUID() }, unkept: NOT_KEPT }],
	'/admin/people ?/create': async ({ code }) => [
		{
			...ADMIN,
			form: { login: `p${randomBytes(4).toString('hex')}`, name: '新人', role: 'supervisor', area: code },
		},
	],
	'/admin/people/[id] ?/give': async ({ person, code }) => [
		{
			...ADMIN,
			params: { id: person },
			form: { role: 'supervisor', area: code, layers: 'supervision' },
			unkept: NOT_KEPT,
		},
	],
	'/admin/people/[id] ?/take': async ({ person }) => [
		{ ...ADMIN, params: { id: person }, form: { grant: randomUUID() }, unkept: NOT_KEPT },
	],
	...Object.fromEntries(
		['invite', 'disable', 'enable', 'resetFactors'].map((action) => [
			`/admin/people/[id] ?/${action}`,
			async ({ person }: FormWorld): Promise<FormRow[]> => [
				{ ...ADMIN, params: { id: person }, form: { anything: 'x' }, unkept: 'reads nothing of the form' },
			],
		]),
	),
	'/admin/people/[id] ?/bind': async ({ person }) => [
		{ ...ADMIN, params: { id: person }, form: { provider: 'oidc', subject: 'x' } },
	],
	'/admin/people/[id] ?/unbind': async ({ person }) => [
		{ ...ADMIN, params: { id: person }, form: { issuer: 'x', subject: 'x' }, unkept: 'compared with what is bound' },
	],
	'/admin/walls ?/create': async ({ code }) => [
		{ ...ADMIN, form: { name: '大屏', area: code, networks: '10.0.0.0/8' } },
	],
	'/admin/walls ?/revoke': async () => [{ ...ADMIN, form: { id: randomUUID() }, unkept: NOT_KEPT }],
	'/admin/tokens ?/create': async () => [
		{
			...ADMIN,
			form: { name: '网关', scope: 'ingest', networks: '10.0.0.0/8', devices: '', quantities: 'windMs' },
			words: ['quantities'],
		},
	],
	'/admin/tokens ?/revoke': async () => [{ ...ADMIN, form: { id: randomUUID() }, unkept: NOT_KEPT }],
	'/f/[token] ?/answer': async (world) => [
		{
			who: 'nobody',
			params: { token: await order(world) },
			form: { id: randomUUID(), kind: 'checked', byName: '沈岚', note: '已查看', 'q-water': 'yes' },
			names: ['q-water'],
		},
	],
	'/f/[token] ?/resume': async (world) => [
		{
			who: 'nobody',
			params: { token: await order(world) },
			form: { byName: '沈岚', 'item-power': 'good', 'note-power': '已检查' },
		},
	],
	'/duty/[token] ?/default': async (world) => [
		{ who: 'nobody', params: { token: await duty(world) }, form: { byName: '沈岚', lng: '120.27', lat: '30.17' } },
	],
};
