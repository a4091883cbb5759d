import type { Position } from 'geojson';
import { expect, test } from 'vitest';
import { seeded, type Random } from '#lib/domain/random.ts';
import { fieldsOf } from '#lib/domain/import/fields.ts';
import { proposeMapping } from '#lib/domain/import/mapping.ts';
import { makeShapefile } from '../../../../test/make-shapefile.ts';
import { makeWorkbook, sheetRow } from '../../../../test/make-zip.ts';
import { Fault } from '../errors.ts';
import { createDesk } from './sandbox/desk.ts';
import type { CheckOrder, CheckReport, ReadSummary } from './sandbox/protocol.ts';

const FILES = process.env.NIGHTLY ? 20_000 : 1_000;
const RING: Position[] = [
	[120.2, 30.1],
	[120.2, 30.2],
	[120.3, 30.2],
	[120.3, 30.1],
	[120.2, 30.1],
];
const polygon = { type: 'Polygon', coordinates: [RING] };
const towns = [1, 2, 3].map((n) => ({
	type: 'Feature',
	properties: { code: `33010900${n}`, name: `镇 ${n}` },
	geometry: polygon,
}));
const HEADER = ['施工许可证编号', '项目名称', '经度', '纬度', '开工日期'];
const ROWS = [1, 2, 3, 4].map((n) => [`P-${n}`, `工地 ${n}`, 120.25 + n / 100, 30.15, '2024-03-05']);

type Damage = (bytes: Buffer) => Buffer;
const none: Damage = (bytes) => bytes;

/** Files that are damaged as a whole or, in archives, inside: a broken archive is refused before its content is looked at. */
const SEEDS: [kind: 'sites' | 'towns', make: (inside: Damage) => Buffer][] = [
	['sites', () => Buffer.from([HEADER, ...ROWS].map((row) => row.join(',')).join('\n'))],
	[
		'sites',
		(inside) =>
			makeWorkbook({
				sheet: inside(Buffer.from([HEADER, ...ROWS].map((row, index) => sheetRow(index + 1, row)).join(''))).toString(),
			}),
	],
	['towns', () => Buffer.from(JSON.stringify({ type: 'FeatureCollection', features: towns }))],
	[
		'towns',
		(inside) =>
			makeShapefile({
				rings: [RING, RING],
				columns: ['MC', 'XZQDM'],
				values: [1, 2].map((n) => [Buffer.from(`镇${n}`), Buffer.from(`33010900${n}`)]),
				cpg: 'UTF-8',
				inside,
			}),
	],
];

const WORDS = [
	'"',
	',',
	'\n',
	'\0',
	'-1',
	'1e400',
	'NaN',
	'null',
	'[[',
	'{}',
	'__proto__',
	'\ufffd',
	'=1+1',
	'<!DOCTYPE',
	'９９',
	'２０２４年',
];

function mutated(bytes: Buffer, random: Random): Buffer {
	let out = Buffer.from(bytes);
	for (let times = random.whole(1, 3); times > 0; times--) {
		const at = random.whole(0, Math.max(0, out.length - 1));
		const to = Math.min(out.length, at + random.whole(0, 40));
		switch (random.whole(0, 9)) {
			case 0:
				out[at] = random.whole(0, 255);
				break;
			case 1:
				out = out.subarray(0, at);
				break;
			case 2:
				out = Buffer.concat([out.subarray(0, to), out.subarray(at)]);
				break;
			case 3:
				out = Buffer.concat([out.subarray(0, at), out.subarray(to)]);
				break;
			default:
				out = Buffer.concat([out.subarray(0, at), Buffer.from(random.pick(WORDS)), out.subarray(to)]);
		}
	}
	return out;
}

test(
	`${FILES} damaged files end in a report or in a sentence, never in a crash`,
	{ timeout: FILES * 120 },
	async () => {
		const random = seeded('mutated files');
		let read = 0;
		for (let n = 0; n < FILES; n++) {
			const [kind, make] = SEEDS[n % SEEDS.length]!;
			const damage: Damage = (whole) => mutated(whole, random);
			const isArchive = make.length > 0;
			const bytes = Uint8Array.from(isArchive && random.chance(0.8) ? make(damage) : damage(make(none)));
			const desk = createDesk();
			try {
				const { columns, samples } = (await desk({
					do: 'read',
					ask: { kind, name: `file ${n}`, bytes },
				})) as ReadSummary;
				const mapping = proposeMapping(fieldsOf(kind), columns, samples);
				const order: CheckOrder = {
					kind,
					mapping,
					datum: 'wgs84',
					whole: false,
					today: '2026-11-20',
					district: null,
					gazetteer: [],
				};
				const report = (await desk({ do: 'check', ask: order })) as CheckReport;
				expect(report.counts.rows).toBe(report.counts.added + report.counts.bad);
				read++;
			} catch (error) {
				expect(error, `file ${n} of seed ${n % SEEDS.length}`).toBeInstanceOf(Fault);
			}
		}
		// Damage that always prevents reading would test the refusals only.
		expect(read).toBeGreaterThan(FILES / 20);
		expect(Object.keys(Object.prototype)).toEqual([]);
	},
);
