// Names and telephone numbers: who sees them, who sees them masked and may reveal them with a reason, and that the audit
// trail tells of both. Through the real doors.

import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sheetRules } from '#db/rules/access.ts';
import type { SitePeople } from '#lib/contract/people.ts';
import type { LayerClass } from '#lib/domain/access/scope.ts';
import { createSheetWatch } from '#lib/server/audit/sheet-watch.ts';
import { patrolSites } from '#lib/server/repositories/patrol-site.ts';
import { AtTheDoors, type Answer } from './at-the-doors.ts';
import { OTHER_TOWN, TOWN, twoTowns, type OneTown } from './two-towns.ts';

const NAMES = ['沈岚', '陈立', '许婷', '周敏'];
const NUMBERS = ['13812345678', '13900001111'];
const REVEAL = '/api/v1/people/reveal';

let doors: AtTheDoors;
let own: OneTown;
let other: OneTown;

beforeAll(async () => {
	doors = await AtTheDoors.open(async ({ ingest: db }) => {
		({ own, other } = await twoTowns(db));
		for (const { grid, site, notice, floodPhoto } of [own, other]) {
			await sql`update management_grid set owner_name = '沈岚', backup_name = '陈立' where id = ${grid}`.execute(db);
			await sql`update site set grid_id = ${grid}, attributes = ${JSON.stringify({ contact: '周敏 13900001111' })}::jsonb
				where id = ${site}`.execute(db);
			await sql`insert into flood_ledger_item (id, site_id, kind, name, unit, person, phone, changed_at, changed_by)
				values (gen_random_uuid(), ${site}, 'responsible', '防汛责任人', '', '许婷', '13812345678', now(), 'test')`.execute(db);
			await sql`update flood_receipt set by_name = '许婷' where notice_id = ${notice} and photo_id = ${floodPhoto}`.execute(
				db,
			);
			await sql`insert into visit (id, site_id, visited_at, occasion, result, supervisors, source_id)
				select gen_random_uuid(), ${site}, now(), 'routine', 'passed', array['陈立'], source_id from site where id = ${site}`.execute(
				db,
			);
		}
	});
});
afterAll(() => doors.close());

interface Entry {
	actor: string;
	action: string;
	object: string;
	outcome: string;
	detail: Record<string, unknown> | null;
}
const trail = async (action: string): Promise<Entry[]> => {
	const { rows } = await sql<Entry>`select actor, action, object, outcome, detail from audit
		where action = ${action} order by seq`.execute(doors.databases.read);
	return rows;
};
const SHEETS = (town: OneTown): [string, Record<string, string>][] => [
	['/api/v1/sites/[id]', { id: town.site }],
	['/api/v1/flood/sites/[id]', { id: town.site }],
	['/api/v1/flood/notices/[id]', { id: town.notice }],
];
const shownOf = ({ text }: Answer) => [...NAMES, ...NUMBERS].filter((word) => text.includes(word));

describe('sheets that name people', () => {
	test.each(['leader', 'analyst', 'systemAdmin'] as const)('show %s masked names and numbers', async (role) => {
		const who = await doors.person(role, TOWN);
		const answers = await Promise.all(
			[...SHEETS(own), ['/api/v1/board', {}] as const].map(([route, params]) =>
				doors.ask(who, 'GET', route, { params }),
			),
		);
		expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
		expect(answers.flatMap(shownOf)).toEqual([]);
		expect(answers[0]!.text).toContain('沈＊');
		expect(answers[1]!.text).toContain('138＊＊78');
	});

	test.each(['dutyOfficer', 'supervisor'] as const)('show %s who it is and how to call', async (role) => {
		const who = await doors.person(role, TOWN);
		const answers = await Promise.all(SHEETS(own).map(([route, params]) => doors.ask(who, 'GET', route, { params })));
		expect(new Set(answers.flatMap(shownOf))).toEqual(new Set([...NAMES, ...NUMBERS]));
	});

	test('the route sheet on paper has the contact of a stop masked or whole by the same rule', async () => {
		const contact = async (layers: LayerClass[]) =>
			(await patrolSites(doors.databases.read, { kind: 'areas', areas: [TOWN], layers }, [own.site]))[0]?.contact;
		expect(await contact(['supervision'])).toBe('周＊ 139＊＊11');
		expect(await contact(['supervision', 'personal'])).toBe('周敏 13900001111');
	});

	test('the map of a wall names nobody', async () => {
		const { text, status } = await doors.ask(await doors.wall(TOWN), 'GET', '/api/v1/board');
		expect([status, NAMES.filter((name) => text.includes(name))]).toEqual([200, []]);
	});
});

test('no page and no answer with people in it is left in a cache', async () => {
	const who = await doors.person('supervisor', TOWN);
	const asked = [...SHEETS(own), ['/api/v1/hazards', {}], ['/(board)/site/[id]', { id: own.site }]] as const;
	for (const [route, params] of asked)
		expect(await doors.ask(who, 'GET', route, { params })).toMatchObject({ caching: 'private, no-store' });
});

describe('opening a sheet with people in it', () => {
	test('is one entry of the trail for a person and a sheet, however often the page asks', async () => {
		const before = (await trail('sheet:open')).length;
		const who = await doors.person('dutyOfficer', TOWN);
		for (let i = 0; i < 5; i++)
			for (const [route, params] of SHEETS(own)) await doors.ask(who, 'GET', route, { params });
		const entries = (await trail('sheet:open')).slice(before);
		expect(entries).toMatchObject([{ object: `site ${own.site}`, outcome: 'done' }]);
		expect(entries[0]!.actor).toMatch(/^person:/);
	});

	test('is none where names were masked', async () => {
		const before = (await trail('sheet:open')).length;
		const who = await doors.person('leader', TOWN);
		for (const [route, params] of SHEETS(own)) await doors.ask(who, 'GET', route, { params });
		expect(await trail('sheet:open')).toHaveLength(before);
	});

	test.each([
		['a photograph of a finding', '/api/v1/field/photos/[id]', 'photo', (town: OneTown) => town.fieldPhoto],
		['a photograph a site sent in a flood', '/api/v1/flood/photos/[id]', 'photo', (town: OneTown) => town.floodPhoto],
		['a still of a camera', '/api/v1/stills/[id]', 'still', (town: OneTown) => town.still],
		['a photograph of a sign of danger', '/api/v1/pits/[id]/danger', 'photo', (town: OneTown) => town.danger],
	] as const)('%s is entered once for who sees it, and not for who is refused', async (_, route, what, idOf) => {
		const before = (await trail('sheet:open')).length;
		const look = async (who: Record<string, string>, town: OneTown) => {
			const isSign = route.includes('danger');
			const asked = { params: { id: isSign ? town.pit : idOf(town) }, query: isSign ? `?photo=${idOf(town)}` : '' };
			const { status, caching } = await doors.ask(who, 'GET', route, asked);
			// Kept by a browser it would be looked at without anybody knowing.
			expect(status === 200 ? caching : 'private, no-store').toMatch(/^private, no-(cache|store)$/);
			return status;
		};
		const [first, second] = [await doors.person('supervisor', TOWN), await doors.person('leader', TOWN)];
		const statuses = [
			await look(first, own),
			await look(first, own),
			await look(second, own),
			await look(first, other),
		];
		expect(statuses).toEqual([200, 200, 200, 404]);
		const entries = (await trail('sheet:open')).slice(before);
		expect(entries.map(({ object, outcome }) => `${object} ${outcome}`)).toEqual(
			Array(2).fill(`${what} ${idOf(own)} done`),
		);
		expect(new Set(entries.map(({ actor }) => actor)).size).toBe(2);
	});

	test('counts anew once the time is over, for another sheet and for another person', async () => {
		const watch = createSheetWatch(doors.databases.ingest);
		const caller = (id: string, agoS: number) => ({
			principal: { kind: 'person' as const, id, name: id, isDemo: false, grants: [] },
			address: null,
			now: new Date(Date.now() - agoS * 1000),
		});
		const before = (await trail('sheet:open')).length;
		await watch.opened(caller('a', sheetRules.again.value), 'site 1');
		await watch.opened(caller('a', 1), 'site 1');
		await watch.opened(caller('a', 0), 'site 2');
		await watch.opened(caller('b', 0), 'site 1');
		await watch.opened(caller('a', 0), 'site 1');
		const entries = (await trail('sheet:open')).slice(before);
		expect(entries.map(({ actor, object }) => `${actor} ${object}`)).toEqual([
			'person:a site 1',
			'person:a site 2',
			'person:b site 1',
			'person:a site 1',
		]);
	});

	test.each([
		['the account of a person', 'securityAdmin', '/admin/people/[id]', /^person /],
		['the trail itself', 'auditor', '/admin/audit', /^audit trail$/],
	] as const)('%s, too', async (_, role, route, object) => {
		const before = (await trail('sheet:open')).length;
		const who = await doors.person(role, '330109');
		const person = await doors.databases.read.selectFrom('person').select('id').limit(1).executeTakeFirstOrThrow();
		expect((await doors.ask(who, 'GET', route, { params: { id: person.id } })).status).toBe(200);
		expect((await trail('sheet:open')).slice(before)).toMatchObject([{ object: expect.stringMatching(object) }]);
	});
});

describe('revealing', () => {
	const reveal = async (who: Record<string, string>, sites: string[], reason: string | undefined = '汛期核对责任人') =>
		doors.ask(who, 'POST', REVEAL, { body: { sheet: 'site', sites, reason } });

	test('shows a leader the people of a site of the own area, and the trail tells who, whose and why', async () => {
		const before = (await trail('personal:reveal')).length;
		const answer = await reveal(await doors.person('leader', TOWN), [own.site]);
		const { people } = JSON.parse(answer.text) as { people: SitePeople[] };
		expect(people).toMatchObject([
			{
				...{ siteId: own.site, gridOwner: '沈岚', gridBackup: '陈立', contact: '周敏 13900001111' },
				visits: [{ supervisors: ['陈立'] }],
				ledger: [{ person: '许婷', phone: '13812345678' }],
				receipts: [{ byName: '许婷' }],
			},
		]);
		expect((await trail('personal:reveal')).slice(before)).toMatchObject([
			{
				...{ object: `site ${own.site}`, outcome: 'done' },
				detail: { sheet: 'site', reason: '汛期核对责任人' },
			},
		]);
	});

	test('is entered every time', async () => {
		const before = (await trail('personal:reveal')).length;
		const leader = await doors.person('leader', TOWN);
		for (let i = 0; i < 3; i++) await reveal(leader, [own.site]);
		expect(await trail('personal:reveal')).toHaveLength(before + 3);
	});

	test('needs a reason', async () => {
		const leader = await doors.person('leader', TOWN);
		expect((await reveal(leader, [own.site], ' ')).status).toBe(422);
	});

	test('of several sites is all or nothing: one of another town refuses the whole, and that is entered', async () => {
		const before = (await trail('personal:reveal')).length;
		const answer = await reveal(await doors.person('leader', TOWN), [own.site, other.site]);
		expect(answer.status).toBe(404);
		expect(shownOf(answer)).toEqual([]);
		expect((await trail('personal:reveal')).slice(before)).toMatchObject([{ outcome: 'denied', object: '2 sites' }]);
	});

	test('is not for another town’s leader, a system administrator, a wall or a program', async () => {
		const others = [
			await doors.person('leader', OTHER_TOWN),
			await doors.person('systemAdmin', TOWN),
			await doors.wall(TOWN),
			await doors.token('admin', null),
		];
		for (const who of others) expect(shownOf(await reveal(who, [own.site]))).toEqual([]);
	});
});
