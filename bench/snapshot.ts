// The whole live picture as columns beside the same picture as GeoJSON: CPU from bytes to arrays a GPU takes as they
// are, bytes after the server's own compression, and the bytes of a delta. Alternated in one process, medians.

import { LEVELS, levelCode, levelOfCode } from '../src/lib/domain/level.ts';
import { NO_VALUE, OBJECT_KINDS, type PictureColumns } from '../src/lib/domain/picture/columns.ts';
import { orderAlongCurve } from '../src/lib/domain/picture/curve.ts';
import { decodePicture } from '../src/lib/domain/picture/decode.ts';
import { encodeDelta, type PictureDelta } from '../src/lib/domain/picture/delta.ts';
import { encodePicture } from '../src/lib/domain/picture/encode.ts';
import { seeded } from '../src/lib/domain/random.ts';
import { compressed, type Encoding } from '../src/lib/server/live/compress.ts';
import { median, type BenchResult, type BenchRow } from './result.ts';

const SIZES = [2_000, 100_000, 1_000_000];
const KIND_CODE = new Map(OBJECT_KINDS.map((kind, code) => [kind as string, code]));
const LEVEL_CODE = new Map(LEVELS.map((level) => [level as string, levelCode(level)]));

export async function run({ seconds }: { seconds: number }): Promise<BenchResult> {
	const rows: BenchRow[] = [];
	for (const count of SIZES) rows.push(...(await measure(count, (seconds * 1000) / SIZES.length)));
	return { name: 'snapshot', rows };
}

async function measure(count: number, budgetMs: number): Promise<BenchRow[]> {
	const picture = district(count, seeded(count).next);
	const bytes = encodePicture(picture);
	const json = new TextEncoder().encode(JSON.stringify(asGeoJson(picture)));
	const check = fromGeoJson(json);
	if (check.load[count >> 1] !== picture.load[count >> 1] || check.positions[count] !== picture.positions[count])
		throw new Error('The GeoJSON does not hold the same picture.');

	const ours: number[] = [];
	const theirs: number[] = [];
	const until = performance.now() + budgetMs;
	// One JSON pass takes twenty of ours and more, so ours is repeated to be long enough for the clock.
	const repeats = Math.max(1, Math.round(200_000 / count));
	for (let round = 0; round < 7 || performance.now() < until; round++) {
		theirs.push(cpuMs(() => fromGeoJson(json)));
		ours.push(
			cpuMs(() => {
				for (let i = 0; i < repeats; i++) decodePicture(bytes);
			}) / repeats,
		);
		if (round >= 4 && performance.now() > until) break;
	}
	const what = `${count.toLocaleString('en')} objects`;
	const cpu = median(ours) / median(theirs);
	const rows: BenchRow[] = [
		{
			what: `${what}: CPU from bytes to arrays, to JSON.parse and a walk (at most)`,
			ours: `${median(ours).toFixed(3)} ms`,
			beside: `${median(theirs).toFixed(2)} ms`,
			ratio: cpu,
			limit: 1 / 20,
			ok: cpu <= 1 / 20,
		},
	];
	const delta = encodeDelta(onePercent(picture, seeded(count + 1).next));
	for (const encoding of ['br', 'gzip'] as const) rows.push(...(await sizes(what, encoding, bytes, json, delta)));
	return rows;
}

async function sizes(
	what: string,
	encoding: Encoding,
	bytes: Uint8Array,
	json: Uint8Array,
	delta: Uint8Array,
): Promise<BenchRow[]> {
	const ours = (await compressed(bytes, encoding)).length;
	const theirs = (await compressed(json, encoding)).length;
	return [
		{
			what: `${what}: bytes after ${encoding}, to GeoJSON's (at most)`,
			ours: kb(ours),
			beside: kb(theirs),
			ratio: ours / theirs,
			limit: 0.6,
			ok: ours / theirs <= 0.6,
		},
		{
			what: `${what}: a delta of 1 % as sent (not compressed), to the snapshot after ${encoding} (at most)`,
			ours: kb(delta.length),
			beside: kb(ours),
			ratio: delta.length / ours,
			limit: 0.02,
			ok: delta.length / ours <= 0.02,
		},
	];
}

/** Sites strewn over a district of 55 by 45 km, each with some machines and points around it; numbers go by site. */
function district(count: number, next: () => number): PictureColumns {
	const at = new Float64Array(2 * count);
	const kinds = new Uint8Array(count);
	let center: [number, number] = [0, 0];
	for (let i = 0, left = 0; i < count; i++, left--) {
		const isSite = left <= 0;
		if (isSite) {
			center = [120.07 + next() * 0.57, 29.85 + next() * 0.4];
			left = 2 + Math.floor(next() * 5);
		}
		kinds[i] = isSite ? 0 : [1, 1, 1, 2, 6, 7][Math.floor(next() * 6)]!;
		at[2 * i] = micro(center[0] + (isSite ? 0 : (next() - 0.5) * 0.003));
		at[2 * i + 1] = micro(center[1] + (isSite ? 0 : (next() - 0.5) * 0.003));
	}
	const order = orderAlongCurve(at);
	const pick = (value: (i: number) => number) => Uint16Array.from(order, (i) => value(i));
	return {
		count,
		cursor: 123_456,
		takenAt: Date.parse('2026-11-20T08:00:00Z'),
		no: Uint32Array.from(order, (i) => i + 1),
		kind: Uint8Array.from(order, (i) => kinds[i]!),
		level: Uint8Array.from(order, () => {
			const chance = next();
			return chance < 0.9 ? 2 : chance < 0.96 ? 0 : chance < 0.98 ? 3 : chance < 0.995 ? 4 : 5;
		}),
		positions: Float64Array.from([...order].flatMap((i) => [at[2 * i]!, at[2 * i + 1]!])),
		slew: pick((i) => (kinds[i] === 1 ? Math.floor(next() * 3600) : NO_VALUE)),
		load: pick((i) => (kinds[i] === 1 || kinds[i] === 2 ? Math.floor(next() ** 2 * 1000) : NO_VALUE)),
		wind: pick((i) => (kinds[i] === 1 ? Math.floor(20 + next() * 60) : NO_VALUE)),
		age: pick(() => Math.floor(next() * 6)),
	};
}

function onePercent(picture: PictureColumns, next: () => number): PictureDelta {
	const places = Array.from({ length: picture.count / 100 }, (_, i) => i * 100 + Math.floor(next() * 100));
	places.sort((a, b) => picture.no[a]! - picture.no[b]!);
	return {
		count: places.length,
		cursor: picture.cursor + 1,
		takenAt: picture.takenAt + 1000,
		no: Uint32Array.from(places, (i) => picture.no[i]!),
		level: Uint8Array.from(places, () => Math.floor(next() * 6)),
		slew: Uint16Array.from(places, () => Math.floor(next() * 3600)),
		load: Uint16Array.from(places, () => Math.floor(next() * 1000)),
		wind: Uint16Array.from(places, () => Math.floor(next() * 100)),
		age: Uint16Array.from(places, () => 0),
		kind: new Uint8Array(0),
		positions: new Float64Array(0),
	};
}

function asGeoJson(picture: PictureColumns): unknown {
	const value = (tenths: number) => (tenths === NO_VALUE ? null : tenths / 10);
	return {
		type: 'FeatureCollection',
		cursor: picture.cursor,
		takenAt: new Date(picture.takenAt).toISOString(),
		features: Array.from({ length: picture.count }, (_, i) => ({
			type: 'Feature',
			geometry: { type: 'Point', coordinates: [picture.positions[2 * i], picture.positions[2 * i + 1]] },
			properties: {
				no: picture.no[i],
				kind: OBJECT_KINDS[picture.kind[i]!],
				level: levelOfCode(picture.level[i]!),
				slewDeg: value(picture.slew[i]!),
				loadPercent: value(picture.load[i]!),
				windMs: value(picture.wind[i]!),
				ageS: picture.age[i] === NO_VALUE ? null : picture.age[i],
			},
		})),
	};
}

interface Feature {
	geometry: { coordinates: [number, number] };
	properties: {
		no: number;
		kind: string;
		level: string;
		slewDeg: number | null;
		loadPercent: number | null;
		windMs: number | null;
		ageS: number | null;
	};
}

/** The walk that turns GeoJSON into the same arrays. */
function fromGeoJson(bytes: Uint8Array): PictureColumns {
	const parsed = JSON.parse(new TextDecoder().decode(bytes)) as {
		cursor: number;
		takenAt: string;
		features: Feature[];
	};
	const { features } = parsed;
	const count = features.length;
	const picture: PictureColumns = {
		count,
		cursor: parsed.cursor,
		takenAt: Date.parse(parsed.takenAt),
		no: new Uint32Array(count),
		kind: new Uint8Array(count),
		level: new Uint8Array(count),
		positions: new Float64Array(2 * count),
		slew: new Uint16Array(count),
		load: new Uint16Array(count),
		wind: new Uint16Array(count),
		age: new Uint16Array(count),
	};
	const tenths = (value: number | null) => (value === null ? NO_VALUE : Math.round(value * 10));
	for (let i = 0; i < count; i++) {
		const { geometry, properties } = features[i]!;
		picture.no[i] = properties.no;
		picture.kind[i] = KIND_CODE.get(properties.kind)!;
		picture.level[i] = LEVEL_CODE.get(properties.level)!;
		picture.positions[2 * i] = geometry.coordinates[0];
		picture.positions[2 * i + 1] = geometry.coordinates[1];
		picture.slew[i] = tenths(properties.slewDeg);
		picture.load[i] = tenths(properties.loadPercent);
		picture.wind[i] = tenths(properties.windMs);
		picture.age[i] = properties.ageS ?? NO_VALUE;
	}
	return picture;
}

/** CPU time of this process, so that what else the machine does is not counted. */
function cpuMs(work: () => void): number {
	const before = process.cpuUsage();
	work();
	const { user, system } = process.cpuUsage(before);
	return (user + system) / 1000;
}

const micro = (degrees: number) => Math.round(degrees * 1e6) / 1e6;
const kb = (bytes: number) => `${(bytes / 1024).toFixed(1)} KB`;
