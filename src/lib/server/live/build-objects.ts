// Turns the register into the objects and devices held in memory. A device that stays bound as it was keeps what is
// remembered of it; one that was bound to something else begins anew.

import { alarmRules } from '#db/rules/alarm.ts';
import { quiet } from '#lib/domain/alarm/condition.ts';
import { watch, type Watch } from '#lib/domain/alarm/watch.ts';
import { orderAlongCurve } from '#lib/domain/picture/curve.ts';
import type {
	LiveRegister,
	RegisterDevice,
	RegisterInstallation,
	RegisterPoint,
} from '../repositories/live-register.ts';
import type { LiveDevice, LiveObject } from './live-device.ts';

/** Words for a machine without a name of its own, as the trade says them. */
const KIND_NAME: Record<RegisterInstallation['kind'], string> = {
	towerCrane: '塔吊',
	hoist: '施工升降机',
	materialHoist: '物料提升机',
	mobileCrane: '移动式起重机',
	gantryCrane: '门式起重机',
};

/**
 * @param devices - changed in place: devices are added, bound anew and removed
 * @returns the objects in the order of the curve
 */
export function buildObjects(register: LiveRegister, devices: Map<string, LiveDevice>): LiveObject[] {
	const sites = new Map<string, LiveObject>();
	const installations = new Map<string, LiveObject>();
	const pits = new Map<string, LiveObject>();
	const points = new Map<string, LiveObject>();
	const all: LiveObject[] = [];

	const add = (entry: Pick<LiveObject, 'no' | 'kind' | 'id' | 'name' | 'at'>, holder: LiveObject): LiveObject => {
		const { siteId, siteName, townCode, isPlanned } = holder;
		const object = {
			...entry,
			siteId,
			siteName,
			townCode,
			isPlanned,
			holder,
			holds: [],
			devices: [],
			watched: null,
			place: 0,
		};
		holder.holds.push(object);
		all.push(object);
		return object;
	};

	for (const { no, id, name, townCode, state, at } of register.sites) {
		const isPlanned = state !== 'active';
		const object: LiveObject = {
			...{ no, kind: 'site', id, name, siteId: id, siteName: name, townCode, at, isPlanned },
			...{ holder: null, holds: [], devices: [], watched: null, place: 0 },
		};
		sites.set(id, object);
		all.push(object);
	}
	for (const entry of register.installations) {
		const site = sites.get(entry.siteId);
		if (site) installations.set(entry.id, add({ ...entry, name: machineName(entry) }, site));
	}
	for (const entry of register.pits) {
		const site = sites.get(entry.siteId);
		if (site) pits.set(entry.id, add({ ...entry, kind: 'pit' }, site));
	}
	for (const entry of register.points) {
		const pit = pits.get(entry.pitId);
		if (pit) points.set(entry.id, add({ ...entry, kind: 'monitorPoint', name: entry.code }, pit));
	}
	for (const entry of register.works) {
		const site = sites.get(entry.siteId);
		if (site) add(entry, site);
	}

	const design = new Map(register.points.map((point) => [point.id, point]));
	const gone = new Set(devices.keys());
	for (const entry of register.devices) {
		gone.delete(entry.id);
		const object =
			(entry.installationId && installations.get(entry.installationId)) ||
			(entry.pointId && points.get(entry.pointId)) ||
			(entry.siteId && sites.get(entry.siteId)) ||
			null;
		const watches = object ? watchesOf(entry.kind, object, design.get(entry.pointId ?? '')) : [];
		bind(devices, entry, object, watches);
	}
	for (const id of gone) devices.delete(id);

	const positions = Float64Array.from(all.flatMap(({ at }) => at));
	return Array.from(orderAlongCurve(positions), (i) => all[i]!);
}

function bind(
	devices: Map<string, LiveDevice>,
	entry: RegisterDevice,
	object: LiveObject | null,
	watches: Watch[],
): void {
	const known = devices.get(entry.id);
	const isSame = known?.object?.id === object?.id && sameWatches(known?.watches ?? [], watches);
	const device: LiveDevice = known ?? {
		...{ id: entry.id, no: entry.no, intervalS: entry.intervalS, object, watches },
		...{ offline: quiet(alarmRules.offline), presence: 'never-reported', level: null },
		...{ seenMs: NaN, lagMs: 0, takenUs: -Infinity, takenSeq: -1 },
	};
	device.intervalS = entry.intervalS;
	if (!isSame) {
		device.watches = watches;
		device.offline = quiet(alarmRules.offline);
		device.level = null;
	}
	device.object = object;
	object?.devices.push(device);
	devices.set(entry.id, device);
}

function sameWatches(a: readonly Watch[], b: readonly Watch[]): boolean {
	return a.length === b.length && a.every(({ rules, design }, i) => rules === b[i]!.rules && design === b[i]!.design);
}

function watchesOf(kind: RegisterDevice['kind'], object: LiveObject, point: RegisterPoint | undefined): Watch[] {
	if (object.kind === 'towerCrane' && kind === 'craneMonitor')
		return Object.values(alarmRules.towerCrane).map((rules) => watch(rules));
	if (object.kind === 'hoist' && kind === 'hoistMonitor') return [watch(alarmRules.hoist.load)];
	if (object.kind !== 'monitorPoint' || !point) return [];
	const { cumulative, rate } = alarmRules.monitorPoint;
	const watches: Watch[] = [];
	if (point.designMm) watches.push(watch(cumulative, Math.abs(point.designMm), 'mm'));
	if (point.designMmPerDay) watches.push(watch(rate, Math.abs(point.designMmPerDay), 'mm/d'));
	return watches;
}

function machineName({ siteNo, recordNo, kind }: RegisterInstallation): string {
	return `${siteNo ?? recordNo ?? ''} ${KIND_NAME[kind]}`.trim();
}
