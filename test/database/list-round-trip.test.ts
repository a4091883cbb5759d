// Lists with areas that go out as a file and come back in: outlines stand in the tables too, and nothing changes.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { commitImport } from '#lib/server/commands/commit-import.ts';
import { draftImport, type NewImport } from '#lib/server/commands/draft-import.ts';
import { exportRegister } from '#lib/server/commands/export-register.ts';
import { undoImport } from '#lib/server/commands/undo-import.ts';
import type { Datum } from '#lib/domain/import/datum.ts';
import { onBoth } from './both.ts';

const operator = { operator: true, now: new Date('2026-11-20T02:00:00Z') } as const;

type Kind = 'sites' | 'pits' | 'towns' | 'grids';

const upload = (kind: Kind, bytes: Uint8Array, datum: Datum | null): NewImport => ({
	...{ kind, fileName: 'list', bytes, district: '330109', datum },
});

const ring = (west: number, south: number, size: number) =>
	`(${west} ${south}, ${west + size} ${south}, ${west + size} ${south + size}, ${west} ${south + size}, ${west} ${south})`;
const TOWN = '镇街代码,镇街名称,英文名称,边界\n330109198,往返镇,Wangfan,';
const GRID = '网格编码,网格名称,网格员,边界\n330109198001001,往返一格,王五,';
const SITE = '施工许可证编号,项目名称,经度,纬度,红线\n330109202403050188,往返里,120.2505,30.1505,';
const PIT = '施工许可证编号,基坑名称,设计深度,施工阶段,轮廓(WKT)\n330109202403050188,一号坑,9.5m,开挖,';
const REGISTERS: [Kind, string][] = [
	['towns', `${TOWN}"POLYGON (${ring(120.24, 30.14, 0.02)})"\n`],
	['grids', `${GRID}"POLYGON (${ring(120.245, 30.145, 0.01)})"\n`],
	['sites', `${SITE}"POLYGON (${ring(120.25, 30.15, 0.001)})"\n`],
	[
		'pits',
		`${PIT}"MULTIPOLYGON ((${ring(120.2501, 30.1501, 0.0004)}, ${ring(120.2502, 30.1502, 0.0001)}), (${ring(120.2506, 30.1506, 0.0002)}))"\n`,
	],
];

onBoth('a list with areas that went out', (database) => {
	const sources: string[] = [];
	const db = () => database().ingest;

	beforeAll(async () => {
		for (const [kind, text] of REGISTERS) {
			const draft = await draftImport(db(), operator, upload(kind, new TextEncoder().encode(text), 'wgs84'));
			const { sourceId, added } = await commitImport(db(), operator, draft.id);
			expect(added).toBe(1);
			sources.push(sourceId!);
		}
	});
	afterAll(async () => {
		for (const id of sources.reverse()) await undoImport(db(), operator, id);
	});

	const out = async (kind: Kind, format: 'csv' | 'xlsx' | 'geojson', datum: Datum) => {
		const file = await exportRegister(database(), operator, { kind, format, datum });
		return typeof file === 'string' ? new TextEncoder().encode(file) : new Uint8Array(file);
	};

	describe.each(['csv', 'xlsx', 'geojson'] as const)('as %s', (format) => {
		test.each(
			REGISTERS.flatMap(([kind]) => (['wgs84', 'gcj02', 'EPSG:4549'] as const).map((datum) => [kind, datum] as const)),
		)('changes nothing when it comes back: %s in %s', async (kind, datum) => {
			const draft = await draftImport(db(), operator, upload(kind, await out(kind, format, datum), datum));
			expect(draft.errors).toEqual([]);
			expect(draft.counts).toMatchObject({ added: 0, changed: 0, closed: 0, bad: 0 });
			expect(draft.counts.unchanged).toBeGreaterThan(0);
		});

		test('says which datum it is in, so that another one declared for it is a mistake to confirm', async () => {
			const draft = await draftImport(db(), operator, upload('pits', await out('pits', format, 'gcj02'), 'wgs84'));
			expect(draft.needs).toContain('datum-mistake');
		});
	});

	test('leaves out who answers for a grid', async () => {
		expect(new TextDecoder().decode(await out('grids', 'csv', 'wgs84'))).not.toContain('王五');
	});
});
