import { describe, expect, test } from 'vitest';
import type { RegisterRow } from '../import/register.ts';
import type { Cell } from '../import/field.ts';
import { outlineOf } from '../import/outline.ts';
import { moved, type LngLat } from '../geo.ts';
import { describeRevision } from './describe-revision.ts';
import { judgeEdit, type EditAround, type EditKind } from './judge-edit.ts';
import { sidesOfOutline } from './pit-sides.ts';

const HERE: LngLat = [120.26, 30.16];
const square = (center: LngLat, halfM: number) => {
	const corners = [45, 135, 225, 315].map((bearing) => moved(center, bearing, halfM * Math.SQRT2));
	return { type: 'MultiPolygon' as const, coordinates: [[[...corners, corners[0]!]]] };
};
const rule = (value: number) => ({ value, unit: 'm', source: 'test', confidence: 'assumed' as const });
const site = { id: 's1', name: '湘湖里', permitNo: null, at: HERE, outline: outlineOf(square(HERE, 80)) };
const around = (more: Partial<EditAround> = {}): EditAround => ({
	...{ found: undefined, site, pit: null, newId: () => 'new' },
	district: outlineOf(square(HERE, 5000)),
	rules: { maxVertices: rule(100), districtTolerance: rule(150), datumReach: rule(1500) },
	...more,
});
const judge = (kind: EditKind, values: Record<string, Cell>, more: Partial<EditAround> = {}, isMove = false) =>
	judgeEdit({ kind, values, datum: 'wgs84', isMove }, around(more));
const crane: RegisterRow = {
	...{ id: 'm1', md5: 'x', isOpen: true, isDemo: false, at: HERE, installationId: 'i1' },
	values: {
		...{ propertyRecordNo: '浙A-1', kind: 'towerCrane', siteId: 's1', installedOn: '2026-01-01', removedOn: null },
		location: { type: 'Point', coordinates: HERE },
	},
};

describe('a change by hand', () => {
	test('of a new machine needs what a file would need, and says every field that is missing', () => {
		const verdict = judge('machines', { model: 'QTZ80' });
		expect(verdict.ok || verdict.errors.map(({ field }) => field).sort()).toEqual([
			'installedOn',
			'kind',
			'propertyRecordNo',
		]);
	});

	test('corrects the installation that stands, unless the machine is moved', () => {
		const corrected = judge('machines', { heightM: '60' }, { found: crane });
		expect(corrected).toMatchObject({
			change: { change: 'changed', value: { heightM: 60, installationId: 'i1', isNewInstallation: false } },
		});
		const elsewhere = judge('machines', { installedOn: '2026-10-01' }, { found: crane }, true);
		expect(elsewhere).toMatchObject({
			change: { value: { installationId: 'new', isNewInstallation: true, endedInstallationId: 'i1' } },
		});
	});

	test('empties what is emptied and leaves what is not named', () => {
		const verdict = judge(
			'machines',
			{ removedOn: null, model: null },
			{ found: { ...crane, values: { ...crane.values, model: 'QTZ80', heightM: 50 } } },
		);
		expect(verdict).toMatchObject({
			change: { value: { model: null, heightM: 50 }, changes: [{ field: 'model', from: 'QTZ80', to: null }] },
		});
	});

	test.each([
		['inside the red line', 0, 0],
		['on the other side of the road', 200, 1],
	])('%s is told %i m from the middle', (_, distance, notices) => {
		const [longitude, latitude] = moved(HERE, 90, distance);
		const verdict = judge('machines', { longitude, latitude }, { found: crane });
		expect(verdict.ok && verdict.notices).toHaveLength(notices);
	});

	test.each([
		['zero', 0, 0],
		['the north pole', 0, 90],
		['the antimeridian', 180, 30.16],
		['the antimeridian from the other side', -180, 30.16],
		['the other hemisphere', -120.26, -30.16],
	])('F-45 at %s lies outside the district', (_, longitude, latitude) => {
		const verdict = judge('sites', { name: 'x', longitude, latitude }, { site: null });
		expect(verdict.ok || verdict.errors.map(({ expects }) => expects.en)).toMatchObject([
			expect.stringMatching(/district|longitude|latitude/),
		]);
	});

	test('far outside the district names the datum that would fit', () => {
		const verdict = judge(
			'sites',
			{ name: 'x', longitude: HERE[0] + 0.0047, latitude: HERE[1] - 0.0024 },
			{
				site: null,
				district: outlineOf(square(HERE, 100)),
			},
		);
		expect(verdict.ok || verdict.errors[0]!.expects.zh).toContain('gcj02');
	});

	test('a new red line moves the symbol of its site along', () => {
		const there = moved(HERE, 0, 1000);
		const ring = square(there, 50)
			.coordinates[0]![0]!.map((corner) => corner.join(' '))
			.join(', ');
		const verdict = judge(
			'sites',
			{ boundary: `POLYGON ((${ring}))` },
			{
				found: {
					...crane,
					values: { name: '湘湖里', state: 'active', location: { type: 'Point', coordinates: HERE } },
				},
			},
		);
		const location = verdict.ok && (verdict.change.value.location as unknown as { coordinates: LngLat });
		expect(location && location.coordinates[1]).toBeCloseTo(there[1], 4);
	});
});

describe('sides of a pit', () => {
	test('a square has four, named by where they look', () => {
		const names = sidesOfOutline(square(HERE, 30).coordinates[0]![0]!).map(({ name }) => name);
		expect(names.sort()).toEqual(['东侧', '北侧', '南侧', '西侧'].sort());
	});
	test('is the same the other way round, and bends do not part a side', () => {
		const bent: LngLat[] = [
			[0, 0],
			[0.001, 0],
			[0.002, 0.0001],
			[0.003, 0],
			[0.003, 0.002],
			[0, 0.002],
			[0, 0],
		];
		for (const ring of [bent, bent.toReversed()]) {
			const sides = sidesOfOutline(ring);
			expect(sides.map(({ name }) => name).sort()).toEqual(['东侧', '北侧', '南侧', '西侧'].sort());
			expect(sides.find(({ name }) => name === '南侧')?.line).toHaveLength(4);
		}
	});
});

describe('a revision is told in words', () => {
	const told = (subject: string, before: Record<string, unknown> | null, after: Record<string, unknown> | null) =>
		describeRevision(subject, before, after, (id) => ({ f1: '浙江甲建设' })[id]).map(
			({ field, from, to }) => `${field.zh}：${from?.zh ?? '—'} → ${to?.zh ?? '—'}`,
		);
	test.each([
		['a choice by its word', 'pit', { stage: 'digging' }, { stage: 'slab' }, ['施工阶段：开挖 → 底板']],
		['a firm by its name', 'site', { contractor_id: null }, { contractor_id: 'f1' }, ['施工单位：— → 浙江甲建设']],
		['a number with its unit', 'installation', { height_m: 40 }, { height_m: 45.5 }, ['安装高度：40 m → 45.5 m']],
		[
			'a shift below a millimetre not at all',
			'site',
			{ location: { type: 'Point', coordinates: [120.1234567890123, 30] } },
			{ location: { type: 'Point', coordinates: [120.12345679, 30] } },
			[],
		],
		['numbers of our own not at all', 'pit', { no: 1, source_id: 'a' }, { no: 2, source_id: 'b' }, []],
	])('%s', (_, subject, before, after, expected) => {
		expect(told(subject, before, after)).toEqual(expected);
	});
});
