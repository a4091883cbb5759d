import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { demoDistrict, TODAY } from './district.fixture.ts';
import { calendarOf, shanghaiDay } from './calendar.ts';
import { PUBLISHED } from './published.ts';

const district = demoDistrict();
const { published } = calendarOf(TODAY);
const sourceName = new Map(district.source.map((source) => [source.id, source.name]));
const withRole = (role: string) => district.firm.filter((firm) => firm.roles?.includes(role)).length;
const isPublished = (row: { source_id: string }) => !sourceName.get(row.source_id)?.includes('公布期之后');

describe('the published numbers', () => {
	test.each([
		['540 sites under construction', district.site.filter(({ state }) => state !== 'finished').length, 540],
		['38.42 million square metres', district.site.reduce((sum, site) => sum + site.floor_area_m2!, 0), 38_420_000],
		[
			'129 sites with a deep pit',
			new Set(district.pit.filter((pit) => pit.depth_m! >= 5).map((pit) => pit.site_id)).size,
			129,
		],
		['24 high formwork supports standing', district.high_formwork.filter((row) => row.removed_on === null).length, 24],
		['13 climbing scaffolds in use', district.climbing_scaffold.filter((row) => row.removed_on === null).length, 13],
		['1,071 lifting machines in use', district.installation.filter((row) => row.removed_on === null).length, 1071],
		['267 construction firms', withRole('contractor'), 267],
		['68 crane firms', withRole('craneIntegratedFirm'), 68],
		['5 testing agencies', withRole('testingAgency'), 5],
		['131 experts', district.expert.length, 131],
		['51 of them new', district.expert.filter(({ joined_on }) => joined_on >= published.from).length, 51],
		[
			'a quarter of them senior',
			Math.round((district.expert.filter((expert) => expert.is_senior).length / 131) * 100),
			25,
		],
		[
			'1,280 patrols',
			district.visit.filter((visit) => visit.occasion !== 'campaign' && isPublished(visit)).length,
			1280,
		],
		[
			'3,860 hazards from patrols',
			district.hazard.filter((hazard) => hazard.found_by === 'patrol' && isPublished(hazard)).length,
			3860,
		],
		[
			'72 projects stopped',
			new Set(district.stop_work_order.filter(isPublished).map((order) => order.site_id)).size,
			72,
		],
		[
			'15 campaigns',
			new Set(district.visit.filter(({ occasion }) => occasion === 'campaign').map((visit) => visit.source_id)).size,
			15,
		],
		['156 projects sampled', district.visit.filter(({ occasion }) => occasion === 'campaign').length, 156],
		['482 hazards from campaigns', district.hazard.filter(({ found_by }) => found_by === 'campaign').length, 482],
		[
			'29 assessments',
			new Set(district.hazard.filter(({ found_by }) => found_by === 'assessment').map((hazard) => hazard.source_id))
				.size,
			29,
		],
		[
			'3,894 hazards from assessments',
			district.hazard.filter(({ found_by }) => found_by === 'assessment').length,
			3894,
		],
		[
			'69 of them major',
			district.hazard.filter((hazard) => hazard.found_by === 'assessment' && hazard.is_major).length,
			69,
		],
		[
			'806 machines tested',
			district.machine.filter(({ tested_on }) => tested_on! >= published.from && tested_on! <= published.to).length,
			806,
		],
	])('%s', (_, counted, expected) => {
		expect(counted).toBe(expected);
	});

	test('everything published is rectified, accepted and closed, and lies in the half-year before today', () => {
		const hazards = district.hazard.filter(isPublished);
		expect(hazards).toHaveLength(PUBLISHED.patrolHazards + PUBLISHED.assessmentHazards + PUBLISHED.campaignHazards);
		for (const hazard of hazards) {
			const day = shanghaiDay(new Date(hazard.found_at));
			expect(day >= published.from && day <= published.to).toBe(true);
			expect(hazard.rectified_at! > hazard.found_at).toBe(true);
			expect(hazard.accepted_at! >= hazard.rectified_at!).toBe(true);
			expect(hazard.closed_at! >= hazard.accepted_at!).toBe(true);
			expect(shanghaiDay(new Date(hazard.closed_at!)) < TODAY).toBe(true);
		}
		for (const order of district.stop_work_order.filter(isPublished)) expect(order.lifted_on! < TODAY).toBe(true);
	});

	test('open hazards exist, few, and only from the two weeks after it', () => {
		const open = district.hazard.filter((hazard) => hazard.closed_at === null);
		expect(open.length).toBeGreaterThan(40);
		expect(open.length).toBeLessThan(400);
		for (const hazard of open) expect(shanghaiDay(new Date(hazard.found_at)) > published.to).toBe(true);
		expect(open.filter((hazard) => hazard.is_major)).toHaveLength(2);
	});
});

describe('one seed, one district', () => {
	const hash = (value: unknown) => createHash('sha256').update(JSON.stringify(value)).digest('hex');

	test('the same seed gives the same bytes', () => {
		expect(hash(demoDistrict())).toBe(hash(district));
	});

	test('another seed gives another district with the same numbers', () => {
		const other = demoDistrict('another');
		expect(hash(other)).not.toBe(hash(district));
		expect(other.site.reduce((sum, site) => sum + site.floor_area_m2!, 0)).toBe(PUBLISHED.floorAreaM2);
		expect(other.hazard.filter(isPublished).length).toBeGreaterThanOrEqual(PUBLISHED.patrolHazards);
		expect(other.machine).toHaveLength(PUBLISHED.machinesInUse);
	});
});

describe('the rows hang together', () => {
	/** What the bureau sets by itself, and what only joins rows that have a source. */
	const WITHOUT_SOURCE = ['officer_avoidance', 'coverage_round', 'key_period', 'visit_machine'];

	test('every row says that it is demonstration data', () => {
		for (const source of district.source) {
			expect(source.kind).toBe('demo');
			expect(source.name).toContain('演示');
		}
		for (const [table, rows] of Object.entries(district)) {
			if (table === 'source' || WITHOUT_SOURCE.includes(table)) continue;
			for (const row of rows) expect(sourceName.has((row as { source_id: string }).source_id)).toBe(true);
		}
	});

	test('numbers and names that must be unique are', () => {
		const lists: [string, (string | null | undefined)[]][] = [
			['permit', district.site.map((site) => site.permit_no)],
			['project code', district.site.map((site) => site.project_code)],
			['site name', district.site.map((site) => site.name)],
			['firm name', district.firm.map((firm) => firm.name)],
			['credit code', district.firm.map((firm) => firm.credit_code)],
			['grid code', district.management_grid.map((grid) => grid.code)],
			['property record', district.machine.map((machine) => machine.property_record_no)],
			['use registration', district.installation.map((row) => row.use_registration_no)],
			['device', district.device.map((device) => device.id)],
			['point of a pit', district.monitor_point.map((point) => `${point.pit_id} ${point.code}`)],
			['side of a pit', district.pit_side.map((side) => `${side.pit_id} ${side.name}`)],
			['current binding', district.device_binding.filter((row) => row.bound_to === null).map((row) => row.device_id)],
			['id', Object.values(district).flatMap((rows) => (rows as { id?: string }[]).flatMap((row) => row.id ?? []))],
		];
		for (const [what, list] of lists) expect(new Set(list).size, what).toBe(list.length);
	});

	test('a machine is never at two sites at once, and goes up after it was made', () => {
		const made = new Map(district.machine.map((machine) => [machine.id, machine.manufactured_on]));
		const byMachine = new Map<string, { from: string; to: string }[]>();
		for (const row of district.installation) {
			const spans = byMachine.get(row.machine_id) ?? [];
			const span = { from: row.installed_on, to: row.removed_on ?? '9999-12-31' };
			for (const other of spans) expect(span.from >= other.to || other.from >= span.to).toBe(true);
			byMachine.set(row.machine_id, [...spans, span]);
			expect(row.installed_on <= TODAY).toBe(true);
			expect((made.get(row.machine_id) ?? '') < row.installed_on).toBe(true);
		}
		expect(byMachine.size).toBe(PUBLISHED.machinesInUse);
		expect(district.installation.length).toBeGreaterThan(PUBLISHED.machinesInUse);
	});

	test('no machine goes up and nobody visits before the site has begun', () => {
		const started = new Map(district.site.map((site) => [site.id, site.started_on!]));
		for (const row of district.installation) expect(row.installed_on >= started.get(row.site_id)!).toBe(true);
		for (const visit of district.visit)
			expect(shanghaiDay(new Date(visit.visited_at)) >= started.get(visit.site_id)!).toBe(true);
		for (const hazard of district.hazard)
			expect(shanghaiDay(new Date(hazard.found_at)) >= started.get(hazard.site_id)!).toBe(true);
		for (const pit of district.pit) expect(pit.started_on! >= started.get(pit.site_id)!).toBe(true);
	});

	test('devices are enough for about 230 readings a second', () => {
		const count = (kind: string) => district.device.filter((device) => device.kind === kind).length;
		const monitors = count('craneMonitor') + count('hoistMonitor');
		expect(monitors).toBeGreaterThan(1000);
		expect(monitors).toBeLessThan(PUBLISHED.machinesInUse);
		expect(count('dustStation')).toBe(PUBLISHED.sites);
		expect(count('pitSensor')).toBeGreaterThan(500);
	});

	test('welding machines and cameras watch sites that grow, one of each kind at a site at most', () => {
		const bound = new Map(district.device_binding.map((row) => [row.device_id, row.site_id]));
		const sites = new Map(district.site.map((site) => [site.id, site]));
		for (const [kind, count] of [
			['hotWork', 120],
			['camera', 90],
		] as const) {
			const places = district.device.filter((device) => device.kind === kind).map(({ id }) => bound.get(id));
			expect(new Set(places).size).toBe(count);
			for (const place of places)
				expect(sites.get(place!)).toMatchObject({
					// One of them may have been ordered to stop since.
					state: expect.stringMatching(/^(active|stopped)$/) as string,
					stage: expect.stringMatching(/^(structure|masonry|finishing)$/) as string,
				});
		}
	});

	test('a pit has 4 to 10 sides and 8 to 24 points, and grade and support per side', () => {
		for (const pit of district.pit) {
			const sides = district.pit_side.filter((side) => side.pit_id === pit.id);
			const points = district.monitor_point.filter((point) => point.pit_id === pit.id);
			expect(sides.length).toBeGreaterThanOrEqual(4);
			expect(sides.length).toBeLessThanOrEqual(10);
			expect(points.length).toBeGreaterThanOrEqual(8);
			expect(points.length).toBeLessThanOrEqual(24);
			for (const side of sides) expect(side.grade && side.support).toBeTruthy();
		}
		const mixed = district.pit.filter(
			(pit) => new Set(district.pit_side.filter((side) => side.pit_id === pit.id).map((side) => side.grade)).size > 1,
		);
		expect(mixed.length).toBeGreaterThan(10);
	});

	test('experts cover the seven basic disciplines and newer ones', () => {
		const disciplines = new Set(district.expert.flatMap((expert) => expert.disciplines));
		for (const basic of ['土建', '安全', '装饰装修', '钢结构', '市政', '检测', '机电'])
			expect(disciplines).toContain(basic);
		expect(disciplines.size).toBeGreaterThan(7);
	});

	test('stopped sites are those with an order that holds, and carry a red sign', () => {
		const stopped = district.site.filter((site) => site.state === 'stopped').map((site) => site.id);
		const ordered = district.stop_work_order.filter((order) => order.lifted_on === null).map((order) => order.site_id);
		const red = district.site_sign
			.filter((sign) => sign.colour === 'red' && sign.removed_on === null)
			.map((sign) => sign.site_id);
		expect(stopped.length).toBeGreaterThan(0);
		expect(new Set(stopped)).toEqual(new Set(ordered));
		expect(new Set(red)).toEqual(new Set(ordered));
	});
});
