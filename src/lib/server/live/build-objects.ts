// Turns the register into the objects and devices held in memory. A device that stays bound as it was keeps what is
// remembered of it; one that was bound to something else begins anew.

import { alarmRules } from '#db/rules/alarm.ts';
import { quiet } from '#lib/domain/alarm/condition.ts';
import type { Watch } from '#lib/domain/alarm/watch.ts';
import { orderAlongCurve } from '#lib/domain/picture/curve.ts';
import { RuleBook } from '../alarms/rule-book.ts';
import type { LiveRegister, RegisterDevice, RegisterInstallation } from '../repositories/live-register.ts';
import { LiveDevice, type LiveObject } from './live-device.ts';
import { continued, joinGroups, watchesOf } from './watches.ts';

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
 * @param book - the rules in force
 * @returns the objects in the order of the curve
 */
export function buildObjects(
	register: LiveRegister,
	devices: Map<string, LiveDevice>,
	book: RuleBook = new RuleBook(),
): LiveObject[] {
	const sites = new Map<string, LiveObject>();
	const installations = new Map<string, LiveObject>();
	const pits = new Map<string, LiveObject>();
	const points = new Map<string, LiveObject>();
	const all: LiveObject[] = [];

	const add = (entry: Pick<LiveObject, 'no' | 'kind' | 'id' | 'name' | 'at'>, holder: LiveObject): LiveObject => {
		const { no, kind, id, name, at } = entry;
		const { siteId, siteName, townCode, gridCode, isPlanned } = holder;
		const place = { siteId, siteName, townCode, gridCode, at };
		const object = objectOf({ no, kind, id, name, isPlanned, holder }, place);
		holder.holds.push(object);
		all.push(object);
		return object;
	};

	for (const { no, id, name, townCode, gridCode, state, at } of register.sites) {
		const isPlanned = state !== 'active';
		const place = { siteId: id, siteName: name, townCode, gridCode, at };
		const object = objectOf({ no, kind: 'site', id, name, isPlanned, holder: null }, place);
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

	const facts = new Map(register.points.map((point) => [point.id, point]));
	const gone = new Set(devices.keys());
	for (const entry of register.devices) {
		gone.delete(entry.id);
		const object =
			(entry.installationId && installations.get(entry.installationId)) ||
			(entry.pointId && points.get(entry.pointId)) ||
			(entry.pitId && pits.get(entry.pitId)) ||
			(entry.siteId && sites.get(entry.siteId)) ||
			null;
		const watches = object ? watchesOf(entry, object, facts.get(entry.pointId ?? ''), book) : [];
		bind(devices, entry, object, watches);
	}
	for (const id of gone) devices.delete(id);

	joinGroups(register, devices);

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
	const isAside =
		object?.kind === 'site' || entry.pitId !== null || entry.kind === 'camera' || entry.kind === 'hotWork';
	const device = known ?? new LiveDevice(entry);
	if (!known) device.watches = watches;
	if (!known && entry.pitId) device.presence = 'fresh';
	device.registeredS = entry.registeredS;
	device.boundFromMs = entry.boundFrom?.getTime() ?? -Infinity;
	device.intervalS = entry.intervalS;
	device.gateway = entry.gateway;
	device.isAside = isAside;
	if (known && known.object?.id !== object?.id) {
		device.watches = watches;
		device.offline = quiet(alarmRules.offline);
		device.level = null;
	} else if (known) {
		device.watches = watches.map((next) => continued(known.watches, next));
	}
	device.object = object;
	object?.devices.push(device);
	devices.set(entry.id, device);
}

function machineName({ siteNo, recordNo, kind }: RegisterInstallation): string {
	return `${siteNo ?? recordNo ?? ''} ${KIND_NAME[kind]}`.trim();
}

/** Written out one by one: an object made by spreading is slow to read, and these are read with every reading. */
function objectOf(
	what: Pick<LiveObject, 'no' | 'kind' | 'id' | 'name' | 'isPlanned' | 'holder'>,
	where: Pick<LiveObject, 'siteId' | 'siteName' | 'townCode' | 'gridCode' | 'at'>,
): LiveObject {
	return {
		no: what.no,
		kind: what.kind,
		id: what.id,
		name: what.name,
		siteId: where.siteId,
		siteName: where.siteName,
		townCode: where.townCode,
		gridCode: where.gridCode,
		at: where.at,
		isPlanned: what.isPlanned,
		holder: what.holder,
		holds: [],
		devices: [],
		watched: null,
		place: 0,
	};
}
