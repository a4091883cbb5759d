// T11: every reading door with the first wall taken away: the repositories ask without any condition on the area, as if
// it had been forgotten in all of them. On a server the database itself must show nothing of the other town all the same.

import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { sql } from 'kysely';
import type { PersonRole } from '#lib/domain/access/principal.ts';
import { evidenceById } from '#lib/server/repositories/evidence.ts';
import { WHOLE } from '#lib/server/db/list-filter.ts';
import { photoOf } from '#lib/server/repositories/flood-photo.ts';
import { siteFeatures } from '#lib/server/repositories/site-list.ts';
import { stillWithBytes } from '#lib/server/repositories/still.ts';
import type { Scope } from '#lib/domain/access/scope.ts';
import { AREAS } from './area-rows.ts';
import { AtTheDoors } from './at-the-doors.ts';
import { MATRIX, PEOPLE } from './door-matrix.ts';
import { OTHER_TOWN, TOWN, twoTowns, type OneTown } from './two-towns.ts';

vi.mock('#lib/server/db/scope.ts', async () => {
	const { sql: text } = await import('kysely');
	return { inScope: () => text`true` };
});
vi.mock('#lib/domain/access/scope.ts', async (original) => ({ ...(await original<object>()), reaches: () => true }));

/** Doors whose first wall is the whole of it: what they tell is not read in the name of the caller. */
const BEHIND_NO_SECOND_WALL: Record<string, string> = {
	'GET /api/v1/rules': 'rules and their changes belong to the district; changes of other areas are left out in memory',
	'GET /api/v1/machines/[id]/file': 'where a machine stood before and what stands beside it, across borders',
	'GET /api/v1/history/[kind]/[id]': 'the history of a thing, once `authorize` has let the caller to it',
	'GET /api/v1/handovers': 'sheets of hand-over by the areas of the person',
	'GET /api/v1/register/[kind]/[id]': 'where a thing of the register came from, once it was found',
};
const READS = Object.entries(AREAS).filter(
	([door, { kind }]) =>
		door.startsWith('GET') && (kind === 'list' || kind === 'one') && !(door in BEHIND_NO_SECOND_WALL),
);

let doors: AtTheDoors;
let world: Awaited<ReturnType<typeof twoTowns>>;

const marksOf = ({ mark, ...town }: OneTown): string[] => [
	...[`工地 ${mark}`, `基坑 ${mark}`, `TC-${mark}`, `CX-${mark}`, `HJ-${mark}`, `网格 ${mark}`, `计划 ${mark}`],
	...[town.site, town.pit, town.alarm, town.installation, town.plan, town.draw, town.notice],
];
const mayRead = (door: string) =>
	PEOPLE.split(' ').filter((role) => MATRIX[door] === '*' || MATRIX[door]!.includes(role));

describe.runIf(process.env.TEST_DATABASE_URL)('with no condition on the area in any repository', () => {
	beforeAll(async () => {
		doors = await AtTheDoors.open(async (databases) => {
			world = await twoTowns(databases.ingest);
			for (const { site, code } of [world.own, world.other])
				await sql`insert into flood_exposure
					(site_id, judged_at, rules, score, band, hazard, exposure, vulnerability, uncertainty, factors)
					values (${site}, now(), ${code}, 1, 'red', 1, 1, 1, 0, '[]')`.execute(databases.ingest);
		});
	});
	afterAll(() => doors.close());

	test('it is really gone: without the second wall a town is shown both', async () => {
		const scope: Scope = { kind: 'areas', areas: [TOWN], layers: [] };
		expect(await siteFeatures(doors.databases.read, scope, WHOLE)).toHaveLength(2);
	});

	test.each(READS)('%s shows a town nothing of the other', async (door, row) => {
		const [method, route] = door.split(' ') as [string, string];
		const said: string[] = [];
		for (const role of mayRead(door)) {
			const who = await doors.person(role as PersonRole, TOWN);
			for (const town of [world.own, world.other]) {
				const asked = ('ask' in row && row.ask?.(town)) || {};
				const { text, status } = await doors.ask(who, method, route, asked);
				const shown = marksOf(world.other).filter(
					(mark) => text.includes(mark) && !JSON.stringify(asked).includes(mark),
				);
				if (shown.length > 0) said.push(`${role}: ${status} ${shown.join()}`);
				if (row.kind === 'one' && town === world.other && status < 400) said.push(`${role}: let in with ${status}`);
			}
		}
		expect(said).toEqual([]);
	});

	test('the pulse counts the devices of the own town, and the wall is what keeps the others out', async () => {
		const { live } = doors.runtime;
		const devicesOf = async (areas: string[]) => {
			const scope: Scope = { kind: 'areas', areas, layers: [] };
			await live.wall!.ask(scope);
			return live
				.devicesOf(scope)
				.map(({ id }) => id)
				.sort();
		};
		const [own, other] = [await devicesOf([TOWN]), await devicesOf([OTHER_TOWN])];
		expect(own).toContain('TC-OWN');
		expect(own.filter((id) => other.includes(id))).toEqual([]);
		expect(await devicesOf([TOWN, OTHER_TOWN])).toEqual([...own, ...other].sort());
		expect(live.devicesOf({ kind: 'areas', areas: ['330109003'], layers: [] })).toEqual([]);
	});

	test('exposure to floods is worked out for the own site only', async () => {
		const { text } = await doors.ask(await doors.person('leader', TOWN), 'GET', '/api/v1/flood/exposure');
		expect((JSON.parse(text) as { sites: unknown[] }).sites).toHaveLength(1);
	});

	test('photographs and stills come to the own town and not to the other', async () => {
		const scope: Scope = { kind: 'areas', areas: [TOWN], layers: ['supervision'] };
		const db = doors.databases.scoped(scope);
		const pictures = ({ fieldPhoto, floodPhoto, still }: OneTown) =>
			Promise.all([
				evidenceById(db, scope, fieldPhoto),
				photoOf(db, scope, floodPhoto),
				stillWithBytes(db, scope, still),
			]);
		expect((await pictures(world.own)).map((picture) => picture !== undefined)).toEqual([true, true, true]);
		expect(await pictures(world.other)).toEqual([undefined, undefined, undefined]);
	});

	test('what phones sent is read by nobody behind the wall', async () => {
		const db = doors.databases.scoped({ kind: 'areas', areas: ['330109'], layers: [] });
		await expect(db.selectFrom('field_item').selectAll().execute()).rejects.toThrow(/permission denied/);
	});
});
