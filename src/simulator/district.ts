// The devices of the demonstration district, made from what the board tells about it.

import type { Board, PointProperties } from '#lib/contract/board.ts';
import type { LngLat } from '#lib/domain/geo.ts';
import { seeded } from '#lib/domain/random.ts';
import { camera } from './camera.ts';
import { crane } from './crane.ts';
import type { Device, Surroundings } from './device.ts';
import { dustStation } from './dust-station.ts';
import { startFleet, type Fleet } from './fleet.ts';
import { hoist } from './hoist.ts';
import { isWorking, type Hours } from './hours.ts';
import { pitSensor } from './pit-sensor.ts';
import { writeScript, type PoweredSite } from './script.ts';
import type { StopOrders } from './stop-orders.ts';
import { welder } from './welder.ts';
import { windField } from './wind.ts';

/** Devices of the demonstration only: a real device that joins the register must never be spoken for. */
const DEMO_DEVICE = /^(TC|SC|JK|HJ|AI)-\d{4}$/;
const LATE_SHIFT_SHARE = 0.15;
const USUAL_JIB_M = 55;
const USUAL_HEIGHT_M = 50;

/** What the simulator needs of the board. */
export type DemoBoard = Pick<Board, 'sites' | 'machines' | 'points' | 'siteDevices'>;

export interface DistrictWish {
	seed: string;
	startMs: number;
	hours: Hours;
	/** Which sites let their cranes stand because they were ordered to; left out: none. */
	orders?: Pick<StopOrders, 'holds'>;
}

export function startDistrict(board: DemoBoard, { seed, startMs, hours, orders }: DistrictWish): Fleet {
	const machines = board.machines.features.filter(({ properties }) => DEMO_DEVICE.test(properties.deviceId ?? ''));
	const sensors = board.points.features
		.map(({ properties }) => properties)
		.filter((point) => point.kind === 'monitorPoint' && DEMO_DEVICE.test(point.deviceId ?? ''));
	const cranes = machines.filter(({ properties }) => properties.kind === 'towerCrane');
	const hoists = machines.filter(({ properties }) => properties.kind === 'hoist');
	const watched = board.siteDevices.filter(({ id }) => DEMO_DEVICE.test(id));
	const [welders, cameras] = (['hotWork', 'camera'] as const).map((wanted) =>
		watched.filter(({ kind }) => kind === wanted),
	) as [typeof watched, typeof watched];
	const placeOf = new Map(board.sites.features.map(({ properties: { id, at } }) => [id, at] as const));
	const script = writeScript(seed, startMs, {
		welders: welders.map(({ id }) => id),
		cameras: cameras.map(({ id }) => id),
		cranes: cranes.map(({ properties }) => properties.deviceId!),
		hoists: hoists.map(({ properties }) => properties.deviceId!),
		walls: wallsOf(sensors),
		places: cranes.map(({ geometry }) => geometry.coordinates as LngLat),
		sites: poweredSites(board, [...cranes, ...hoists]),
	});
	const wind = windField(seeded(`${seed}/wind`), script.frontsAt);
	const shifts = new Map(
		board.sites.features.map(({ properties: { id } }) => {
			const random = seeded(`${seed}/hours/${id}`);
			return [id, { minutes: random.between(-25, 25), isLate: random.chance(LATE_SHIFT_SHARE) }];
		}),
	);
	const still = new Set(
		board.sites.features
			.filter(({ properties }) => properties.state !== 'active')
			.map(({ properties }) => properties.id),
	);
	const world: Surroundings = {
		windMs: wind.meanMs,
		windTowardsDeg: wind.towardsDeg,
		isWorking(timeMs, siteId) {
			const shift = shifts.get(siteId);
			return !still.has(siteId) && isWorking(timeMs, hours, shift?.minutes ?? 0, shift?.isLate ?? false);
		},
		isStopped: (timeMs, siteId) => orders?.holds(siteId, timeMs) ?? false,
	};

	const devices: Device[] = [
		...cranes.map(({ properties, geometry }) =>
			crane(
				seed,
				{
					id: properties.deviceId!,
					siteId: properties.siteId,
					at: geometry.coordinates as LngLat,
					jibM: properties.jibRadiusM ?? USUAL_JIB_M,
					heightM: properties.heightM ?? USUAL_HEIGHT_M,
				},
				startMs,
				world,
				(timeMs) => script.overloadPercent(properties.deviceId!, timeMs),
			),
		),
		...hoists.map(({ properties, geometry }) =>
			hoist(
				seed,
				{
					id: properties.deviceId!,
					siteId: properties.siteId,
					at: geometry.coordinates as LngLat,
					heightM: properties.heightM ?? USUAL_HEIGHT_M,
				},
				startMs,
				world,
			),
		),
		...sensors.map(({ deviceId, name, expectedIntervalS }) =>
			pitSensor(seed, { id: deviceId!, code: name, intervalS: expectedIntervalS! }, startMs, (timeMs) =>
				script.creep(deviceId!, timeMs),
			),
		),
		// A dust station is named after the permit of its site, as the sticker on its box says.
		...board.sites.features
			.filter(({ properties }) => properties.permitNo !== null)
			.map(({ properties }) => dustStation(seed, `YC-${properties.permitNo}`, properties.id, startMs, world)),
		...welders.map(({ id, siteId }) =>
			welder(seed, { id, siteId, at: placeOf.get(siteId)! }, startMs, world, (timeMs) => script.welds(id, timeMs)),
		),
		...cameras.map(({ id }) => camera(seed, id, startMs, (afterMs) => script.nextSighting(id, afterMs))),
	];
	return startFleet(devices, startMs, script.trouble);
}

/** Sites with two machines at least: one that falls silent alone proves nothing. */
function poweredSites({ sites }: DemoBoard, machines: DemoBoard['machines']['features']): PoweredSite[] {
	const bySite = new Map<string, string[]>();
	for (const { properties } of machines)
		bySite.set(properties.siteId, [...(bySite.get(properties.siteId) ?? []), properties.deviceId!]);
	return sites.features.flatMap(({ properties: { id, state, permitNo }, geometry }) => {
		const devices = bySite.get(id) ?? [];
		if (state !== 'active' || devices.length < 2 || geometry?.type !== 'Point') return [];
		const station = permitNo === null ? [] : [`YC-${permitNo}`];
		return [{ at: geometry.coordinates as LngLat, devices: [...devices, ...station] }];
	});
}

function wallsOf(sensors: readonly PointProperties[]): string[][] {
	const byPit = new Map<string, PointProperties[]>();
	for (const point of sensors.filter(({ name }) => /^S\d/.test(name)))
		byPit.set(point.pitId ?? '', [...(byPit.get(point.pitId ?? '') ?? []), point]);
	const intervalS = (wall: readonly PointProperties[]) => wall[0]!.expectedIntervalS!;
	return [...byPit.values()]
		.sort((a, b) => Number(b.length > 1) - Number(a.length > 1) || intervalS(a) - intervalS(b) || a[0]!.no - b[0]!.no)
		.map((wall) => wall.map(({ deviceId }) => deviceId!));
}
