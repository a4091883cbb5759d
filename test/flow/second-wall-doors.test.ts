// T11: every reading door with the first wall taken away: the repositories ask without any condition on the area, as if
// it had been forgotten in all of them. On a server the database itself must show nothing of the other town all the same.

import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { sql } from 'kysely';
import type { Db } from '#lib/server/db/connection.ts';
import type { MachineFile } from '#lib/contract/machine-file.ts';
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
	return { inScope: () => text`true`, isOwnArea: () => text`true` };
});
vi.mock('#lib/domain/access/scope.ts', async (original) => ({ ...(await original<object>()), reaches: () => true }));

/** Tables without a wall, and why they need none. */
const DISTRICTS = 'the district’s, for everybody in it';
const BY_NUMBER = 'by the number of a device, which the binding behind the wall gives';
const OPEN: Record<string, string> = {
	...Object.fromEntries(
		[
			...['coverage_round', 'key_period', 'emergency_response', 'flood_event', 'flood_ladder_line', 'flood_station'],
			...['flood_station_reading', 'rain_grid', 'weather_feed', 'weather_signal', 'weather_signal_message', 'terrain'],
			...['town', 'travel_leg', 'patrol_base', 'vehicle', 'officer', 'officer_avoidance', 'expert'],
			...['expert_avoidance', 'companion_quota', 'duty_shift', 'duty_draw', 'storage_day', 'device_mapping'],
		].map((table) => [table, DISTRICTS]),
	),
	firm: 'a firm works in many towns',
	machine: 'a machine stands where `installation` says',
	source: 'where rows came from: a file, a person, a moment',
	device: 'a device hangs where `device_binding` says',
	...Object.fromEntries(
		['device_baseline', 'device_habit', 'device_out_of_service', 'reading', 'reading_batch', 'reading_hour'].map(
			(table) => [table, BY_NUMBER],
		),
	),
	reading_minute: BY_NUMBER,
};

const READS = Object.entries(AREAS).filter(
	([door, { kind }]) => door.startsWith('GET') && (kind === 'list' || kind === 'one'),
);

let doors: AtTheDoors;
let world: Awaited<ReturnType<typeof twoTowns>>;

const marksOf = ({ mark, ...town }: OneTown): string[] => [
	...[`工地 ${mark}`, `基坑 ${mark}`, `TC-${mark}`, `CX-${mark}`, `HJ-${mark}`, `网格 ${mark}`, `计划 ${mark}`],
	...['步骤', '见', '告', '网关', '未达', '曾在'].map((word) => `${word} ${mark}`),
	...[`"note":"${mark}"`, `"reason":"${mark}"`, town.handover, town.draft, town.active],
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

	test.each([
		['alarm_step', 'alarm_id', 'alarm'],
		['alarm_seen', 'alarm_id', 'alarm'],
		['escalation', 'subject_id', 'alarm'],
		['notice', 'address', undefined],
		['handover', 'id', 'handover'],
		['rule_change', 'scope_id', 'site'],
		['revision', 'subject_id', 'site'],
	] as const)('%s holds rows of both towns and shows a town its own', async (table, column, key) => {
		const named = (town: OneTown) => (key ? town[key] : `网关 ${town.mark}`);
		const shown = async (db: Db) => {
			const { rows } = await sql<{ told: string }>`
				select distinct ${sql.ref(column)}::text as told from ${sql.table(table)}`.execute(db);
			return [world.own, world.other].filter((town) => rows.some(({ told }) => told === named(town)));
		};
		const behind = (areas: string[]) => doors.databases.scoped({ kind: 'areas', areas, layers: ['supervision'] });
		expect(await shown(doors.databases.read)).toEqual([world.own, world.other]);
		expect(await shown(behind([TOWN]))).toEqual([world.own]);
		expect(await shown(behind([OTHER_TOWN]))).toEqual([world.other]);
		expect(await shown(behind([]))).toEqual([]);
	});

	test('every table the reader may read is behind the wall, or open for a reason', async () => {
		const { rows } = await sql<{ name: string }>`
			select relname as name from pg_class
			where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v', 'm') and not relispartition
				and not relrowsecurity and has_table_privilege('sitewatch_reader', oid, 'select')
				and not exists (select from pg_depend where objid = pg_class.oid and deptype = 'e')
			order by relname`.execute(doors.databases.read);
		expect(rows.map(({ name }) => name).filter((name) => !(name in OPEN))).toEqual([]);
	});

	test('a crane of the other town that reaches over is counted, not named', async () => {
		const { rows } = await sql<{ id: string }>`
			update installation set jib_radius_m = 60, counter_jib_m = 15, height_m = 40,
				location = (select location from installation where id = ${world.own.installation})
			where id in (${world.own.installation}, ${world.other.installation}) returning id`.execute(doors.databases.ingest);
		expect(rows).toHaveLength(2);
		const file = async (area: string) => {
			const asked = { params: { id: world.own.installation } };
			const { text } = await doors.ask(
				await doors.person('supervisor', area),
				'GET',
				'/api/v1/machines/[id]/file',
				asked,
			);
			return JSON.parse(text) as MachineFile;
		};
		const own = await file(TOWN);
		expect(own.neighbours).toEqual([]);
		expect(own.beyond).toEqual({ places: 1, neighbours: 1, tooNear: 1 });
		expect(JSON.stringify(own)).not.toContain('OTHER');
		const whole = await file('330109');
		expect(whole.neighbours).toHaveLength(1);
		expect(whole.beyond).toEqual({ places: 0, neighbours: 0, tooNear: 0 });
	});

	test('what phones sent is read by nobody behind the wall', async () => {
		const db = doors.databases.scoped({ kind: 'areas', areas: ['330109'], layers: [] });
		await expect(db.selectFrom('field_item').selectAll().execute()).rejects.toThrow(/permission denied/);
	});
});
