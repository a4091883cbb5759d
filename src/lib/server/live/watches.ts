// What of a device is watched, by what it is bound to: machines by their kind, points by their limits, sites by dust and
// noise, groups of devices by what they say together.

import { alarmRules, groupRules, measureRules } from '#db/rules/alarm.ts';
import { machineRules } from '#db/rules/machine.ts';
import { pitRules } from '#db/rules/pit.ts';
import type { Subject } from '#lib/domain/alarm/effective.ts';
import { carried } from '#lib/domain/alarm/condition.ts';
import { nearestJib, sideVotes, type Standing } from '#lib/domain/alarm/groups.ts';
import { watch, type Watch, type WatchRules } from '#lib/domain/alarm/watch.ts';
import { canMeet, mustGiveWay } from '#lib/domain/machine/jib-clearance.ts';
import { limitsOf, type PointLimits } from '#lib/domain/pit/limit.ts';
import { NEVER_ZEROED, type Zeroing } from '#lib/domain/pit/zeroing.ts';
import type { RuleBook } from '../alarms/rule-book.ts';
import type { LiveRegister, RegisterDevice, RegisterPoint } from '../repositories/live-register.ts';
import type { LiveDevice, LiveObject } from './live-device.ts';

export function subjectOf(object: LiveObject): Subject {
	return {
		townCode: object.townCode,
		siteId: object.siteId,
		machineId: object.kind === 'towerCrane' || object.kind === 'hoist' ? object.id : null,
		pointId: object.kind === 'monitorPoint' ? object.id : null,
	};
}

/** The rules of a device by what it is and what it is bound to, switched on or not. */
export function rulesFor(kind: RegisterDevice['kind'], object: Pick<LiveObject, 'kind'>): readonly WatchRules[] {
	if (kind === 'camera') return Object.values(alarmRules.camera);
	if (kind === 'tracker') return Object.values(alarmRules.tracker);
	if (object.kind === 'towerCrane' && kind === 'craneMonitor') return Object.values(alarmRules.towerCrane);
	if (object.kind === 'hoist' && kind === 'hoistMonitor') return Object.values(alarmRules.hoist);
	if (object.kind === 'monitorPoint') return Object.values(alarmRules.monitorPoint);
	if (object.kind === 'pit') return Object.values(alarmRules.pit);
	if (object.kind === 'site' && kind === 'dustStation') return Object.values(alarmRules.site);
	if (object.kind === 'site' && kind === 'gondola') return Object.values(alarmRules.gondola);
	if (object.kind === 'site' && kind === 'unloadingPlatform') return Object.values(alarmRules.unloadingPlatform);
	return [];
}

export function watchesOf(
	entry: RegisterDevice,
	object: LiveObject,
	point: RegisterPoint | undefined,
	book: RuleBook,
): Watch[] {
	const subject = subjectOf(object);
	const judged = point && { quantity: point.quantity, limits: limitsOfPoint(point), zeroings: point.zeroings };
	return rulesFor(entry.kind, object).flatMap((shipped) => {
		const { rules, isOn, limit } = book.of(shipped, subject);
		if (!isOn) return [];
		const made = watchOf(rules, judged, limit);
		if (made?.rules.condition === 'dangerSign') made.derive = () => entry.dangers;
		return made ?? [];
	});
}

/** @returns undefined where nobody says what the point may reach, or the rule is not for its quantity: not judged */
export function watchOf(
	rules: WatchRules,
	point: { quantity: string; limits: PointLimits; zeroings?: readonly Zeroing[] } | undefined,
	own: number | undefined,
): Watch | undefined {
	if (rules.measure !== 'utilisation' && rules.measure !== 'rate') return watch(rules);
	const isWater = rules.quantity === 'levelM';
	if (!point || isWater !== (point.quantity === 'waterLevel')) return undefined;
	const limit = point.limits[rules.measure === 'utilisation' ? 'cumulative' : 'rate'];
	// Water is reported in metres, its limit stands in millimetres.
	const unit = isWater ? 'm/d' : (limit?.unit ?? (rules.measure === 'rate' ? 'mm/d' : 'mm'));
	const value = own ?? limit?.value;
	if (!value) return undefined;
	return Object.assign(watch(rules, isWater ? value / 1000 : value, unit), {
		isUpperBound: own === undefined && !!limit?.isUpperBound,
		designedBy: own === undefined ? (limit ?? undefined) : undefined,
		zeroings: point.zeroings ?? NEVER_ZEROED,
	});
}

export function limitsOfPoint(
	point: Pick<
		RegisterPoint,
		'quantity' | 'grade' | 'support' | 'depthM' | 'baseSlabOn' | 'designMm' | 'designMmPerDay'
	>,
): PointLimits {
	return limitsOf(
		{
			quantity: point.quantity,
			grade: point.grade,
			support: point.support,
			depthM: point.depthM,
			isSlabDone: point.baseSlabOn !== null,
			designCumulative: point.designMm,
			designRatePerDay: point.designMmPerDay,
		},
		pitRules.limits,
	);
}

/** A watch goes on when its rule is the same as before, and also when only its numbers have changed. */
export function continued(before: readonly Watch[], next: Watch): Watch {
	const known = before.find(({ rules }) => rules.condition === next.rules.condition);
	if (!known) return next;
	const isSame = sameRules(known, next) && known.design === next.design && known.unit === next.unit;
	const { isUpperBound, designedBy, derive, zeroings } = next;
	if (isSame) return Object.assign(known, { isUpperBound, designedBy, derive, zeroings });
	const { knownMs, isBad, wind, rate, baseline } = known;
	return Object.assign(next, { knownMs, isBad, wind, rate, baseline, state: carried(known.state, next.rules.by) });
}

/** A book that was read again gives equal rules, not the same ones. */
function sameRules(a: Watch, b: Watch): boolean {
	return a.rules === b.rules || JSON.stringify(a.rules) === JSON.stringify(b.rules);
}

/** Tells every device which others look at it, and derived watches where to look. */
export function joinGroups(register: LiveRegister, devices: ReadonlyMap<string, LiveDevice>): void {
	const informs = new Map<LiveDevice, LiveDevice[]>();
	const join = (members: readonly LiveDevice[], carrier: LiveDevice) =>
		members.forEach((member) => informs.set(member, [...(informs.get(member) ?? []), carrier]));
	joinCranes(register, devices, join);
	joinSides(register, devices, join);
	for (const device of devices.values()) device.informs = informs.get(device) ?? [];
}

type Join = (members: readonly LiveDevice[], carrier: LiveDevice) => void;

function joinCranes(register: LiveRegister, devices: ReadonlyMap<string, LiveDevice>, join: Join): void {
	const places = new Map(register.installations.map((entry) => [entry.id, entry]));
	const standing = [...devices.values()].flatMap((speaker): (Standing & { speaker: LiveDevice })[] => {
		const place = speaker.object?.kind === 'towerCrane' ? places.get(speaker.object.id) : undefined;
		if (!place || place.jibM === null || place.heightM === null) return [];
		const { at, jibM, heightM } = place;
		return [{ speaker, at, jibM, heightM, counterJibM: place.counterJibM ?? 0 }];
	});
	for (const own of standing) {
		const watched = own.speaker.watches.find(({ rules }) => rules.condition === alarmRules.towerCrane.jib.condition);
		if (!watched) continue;
		const others = standing.filter(
			(other) => other !== own && canMeet(own, other, machineRules.clearance.near.value) && givesWay(own, other),
		);
		watched.derive = nearestJib(own, others, groupRules, measureRules);
		if (others.length > 0) join([own.speaker, ...others.map(({ speaker }) => speaker)], own.speaker);
	}
}

/** At the same height one of the two, always the same one. */
function givesWay(own: Standing & { speaker: LiveDevice }, other: Standing & { speaker: LiveDevice }): boolean {
	return own.heightM === other.heightM ? own.speaker.id < other.speaker.id : mustGiveWay(own, other);
}

/** The first point of a side carries the alarm of the side. */
function joinSides(register: LiveRegister, devices: ReadonlyMap<string, LiveDevice>, join: Join): void {
	const { side } = alarmRules.monitorPoint;
	const sideOf = new Map(register.points.map(({ id, sideId }) => [id, sideId]));
	const members = new Map<string, LiveDevice[]>();
	for (const device of devices.values()) {
		const id = device.object?.kind === 'monitorPoint' ? sideOf.get(device.object.id) : null;
		const isMember = id && device.watches.some(({ rules }) => rules.measure === 'utilisation');
		if (isMember) members.set(id, [...(members.get(id) ?? []), device]);
	}
	for (const device of devices.values())
		if (device.object?.kind === 'monitorPoint') {
			const group = members.get(sideOf.get(device.object.id) ?? '') ?? [];
			const isCarrier = group[0] === device && group.length >= groupRules.votesNeeded.value;
			const watched = device.watches.find(({ rules }) => rules.condition === side.condition);
			if (watched && isCarrier) {
				watched.derive = sideVotes(group, groupRules);
				join(group, device);
			} else device.watches = device.watches.filter((one) => one !== watched);
		}
}
