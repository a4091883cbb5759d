// Rain, rivers and what is worked out from them, in the database.

import { randomUUID } from 'node:crypto';
import { beforeAll, expect, test } from 'vitest';
import { SYSTEM } from '#lib/domain/access/scope.ts';
import { validTimes } from '#lib/domain/flood/valid-time.ts';
import { judgeExposures } from '#lib/server/commands/judge-exposures.ts';
import { takeGrid, takeReadings } from '#lib/server/commands/take-water.ts';
import { fromLngLat } from '#lib/server/db/geo.ts';
import type { Db } from '#lib/server/db/connection.ts';
import { measuredNow } from '#lib/server/flood/measured.ts';
import { readFloodNow } from '#lib/server/flood/read-now.ts';
import { onBoth } from './both.ts';
import { at, by, floodTowns, siteIdOf } from './flood-towns.ts';

onBoth('rain and water', (database) => {
	const db = (): Db => database().ingest;
	const siteId = (name: string) => siteIdOf(db(), name);

	beforeAll(() => floodTowns(db()));

	const station = (code: string, kind: 'rain' | 'river', location: [number, number]) => ({
		id: randomUUID(),
		code,
		kind,
		name: code,
		location: fromLngLat(location),
		height_datum: kind === 'river' ? ('wusong' as const) : null,
		offset_to_1985_m: kind === 'river' ? -1.85 : null,
		warning_m: kind === 'river' ? 5.4 : null,
		guaranteed_m: kind === 'river' ? 6.2 : null,
		expected_interval_s: 600,
	});

	test('readings of known stations are taken, the others refused one by one', async () => {
		const { id: source_id } = await db().selectFrom('source').select('id').executeTakeFirstOrThrow();
		await db()
			.insertInto('flood_station')
			.values(
				[station('YL-1', 'rain', [120.2, 30.15]), station('SW-1', 'river', [120.21, 30.16])].map((row) => ({
					...row,
					source_id,
				})),
			)
			.execute();
		const tens = Array.from({ length: 144 }, (_, i) => ({
			station: 'YL-1',
			at: new Date(+at('12:00') - i * 600_000).toISOString(),
			value: 1,
			periodS: 600,
		}));
		const taken = await takeReadings(db(), by('12:01'), [
			...tens,
			{ station: 'SW-1', at: at('12:00').toISOString(), value: 5.6, periodS: 0 },
			{ station: 'YL-9', at: at('12:00').toISOString(), value: 1, periodS: 600 },
			{ station: 'YL-1', at: at('15:00').toISOString(), value: 1, periodS: 600 },
			{ station: 'YL-1', at: at('12:00').toISOString(), value: 900, periodS: 600 },
		]);
		expect([taken.accepted, taken.rejected.map(({ code }) => code)]).toEqual([
			145,
			['unknown-station', 'future', 'bad-value'],
		]);
		const now = await readFloodNow(db(), SYSTEM, at('12:05'));
		const [river, rain] = [
			now.stations.find(({ kind }) => kind === 'river')!,
			now.stations.find(({ kind }) => kind === 'rain')!,
		];
		expect([river.grade, river.datum, river.offsetTo1985M]).toEqual(['warning', 'wusong', -1.85]);
		// The day ends with the newest reading.
		expect(rain.rain).toMatchObject({ h1: 6, h24: 144 });
	});

	test('the slider’s moment has what was measured by then, each station with its own time, and says what it has not', async () => {
		const then = await measuredNow(db(), at('06:00'));
		const rain = then.find(({ kind }) => kind === 'rain')!;
		expect(rain).toMatchObject({ observedAt: at('06:00').toISOString(), isStale: false });
		expect(rain.rain.h3).toBeCloseTo(18, 5);
		expect(validTimes(then)).toEqual([
			{ kind: 'rain', all: 1, known: 1, from: rain.observedAt, to: rain.observedAt },
			{ kind: 'river', all: 1, known: 0, from: null, to: null },
		]);
		const ahead = validTimes(await measuredNow(db(), at('18:00')));
		expect(ahead.map(({ known }) => known)).toEqual([0, 0]);
	});

	test('exposure of the pit site stands above the one without anything to be flooded', async () => {
		await judgeExposures(db(), at('12:06'));
		const now = await readFloodNow(db(), SYSTEM, at('12:06'));
		const scoreOf = async (name: string) => {
			const id = await siteId(name);
			return now.exposure.find((one) => one.siteId === id)!;
		};
		expect((await scoreOf('基坑工地')).score).toBeGreaterThan((await scoreOf('塔机工地')).score);
		expect((await scoreOf('瓜沥工地')).uncertainty).toBeGreaterThan(0.5);
	});

	const grid = {
		product: 'radar',
		isForecast: false,
		issuedAt: at('12:00').toISOString(),
		validAt: at('12:00').toISOString(),
		periodS: 3600,
		bounds: [120, 30, 121, 31] as [number, number, number, number],
		width: 2,
		height: 2,
		sourceName: '雷达',
		mm: Float32Array.from([1, 2, 3, NaN]),
	};

	test('a grid whose cells do not fit its size is refused', async () => {
		const { id } = await takeGrid(db(), by('12:00'), grid);
		expect(id).toMatch(/-/);
		await expect(takeGrid(db(), by('12:00'), { ...grid, height: 3 })).rejects.toThrow(/格点数/);
	});

	test('where no gauge is near the radar speaks for the last hour, unless it knows nothing there', async () => {
		const rainAt = async (clock: string) => {
			const { judged } = await judgeExposures(db(), at(clock));
			return judged.find(({ site }) => site.name === '瓜沥工地')!.exposed.rain;
		};
		const unknown = { h1: null, h3: null, h24: null };
		expect(await rainAt('12:10')).toEqual({ ...unknown, source: '' });
		await takeGrid(db(), by('13:00'), {
			...{ ...grid, issuedAt: at('13:00').toISOString(), validAt: at('13:00').toISOString() },
			mm: Float32Array.from([1, 2, 3, 45]),
		});
		const open = { ...unknown, h3: 45, h24: 45 };
		expect(await rainAt('13:10')).toEqual({ ...unknown, h1: 45, source: 'radar', least: open });
		expect(await rainAt('14:10')).toMatchObject({ h1: null });
	});

	test('the radar speaks for three hours and a day too; an hour that is missing leaves what fell at least', async () => {
		const take = (atMs: number, mm: number) => {
			const time = new Date(atMs).toISOString();
			return takeGrid(db(), by('13:20'), {
				...{ ...grid, issuedAt: time, validAt: time },
				mm: Float32Array.from([1, 2, 3, mm]),
			});
		};
		const judged = async () => {
			const { judged } = await judgeExposures(db(), at('13:20'));
			return judged.find(({ site }) => site.name === '瓜沥工地')!;
		};
		await take(+at('11:00'), 4);
		for (let ago = 3; ago < 24; ago++) await take(+at('13:00') - ago * 3_600_000, 0);
		expect((await judged()).exposed.rain).toMatchObject({ h1: 45, h3: null, h24: null, least: { h3: 49, h24: 49 } });
		expect((await judged()).isModerateHeavy).toBe(true);
		await take(+at('12:00'), 1);
		expect((await judged()).exposed.rain).toEqual({ h1: 45, h3: 50, h24: 50, source: 'radar' });
	});

	test('hours of forecast that add up to 中到大雨 count before it falls, also with one missing', async () => {
		const heavy = async () => {
			const { judged } = await judgeExposures(db(), at('06:00'));
			return judged.filter((one) => one.isModerateHeavy).map(({ site }) => site.name);
		};
		const take = (ahead: number) =>
			takeGrid(db(), by('06:00'), {
				...{ ...grid, product: '逐小时预报', isForecast: true, issuedAt: at('05:00').toISOString() },
				validAt: new Date(+at('06:00') + ahead * 3_600_000).toISOString(),
				mm: Float32Array.from([0, 0, 0, 2]),
			});
		for (const ahead of [1, 2, 4, 5]) await take(ahead);
		expect(await heavy()).not.toContain('瓜沥工地');
		await take(6);
		expect(await heavy()).toContain('瓜沥工地');
	});

	test('中到大雨 that is forecast for the coming day counts before it falls', async () => {
		const heavy = async (clock: string) => {
			const { judged } = await judgeExposures(db(), at(clock));
			return judged.filter((one) => one.isModerateHeavy).map(({ site }) => site.name);
		};
		expect(await heavy('10:10')).not.toContain('瓜沥工地');
		await takeGrid(db(), by('10:00'), {
			...{ ...grid, product: '格点预报', isForecast: true, periodS: 86_400 },
			validAt: new Date(+at('10:00') + 86_400_000).toISOString(),
			mm: Float32Array.from([0, 0, 0, 17]),
		});
		expect(await heavy('10:11')).toContain('瓜沥工地');
	});
});
