// Which devices a rule is for, in the whole district or in the part a change reaches. Shown before a change is saved.

import { ruleCatalogue } from '#db/rules/alarm.ts';
import type { RuleDevice, RuleQuestion, ValuesNow } from '#lib/contract/rule.ts';
import type { ScopeKind, Subject } from '#lib/domain/alarm/effective.ts';
import { parametersOf } from '#lib/domain/alarm/parameter.ts';
import type { WatchRules } from '#lib/domain/alarm/watch.ts';
import type { LiveDevice, LiveObject } from '../live/live-device.ts';
import type { LiveState } from '../live/live-state.ts';
import { rulesFor, subjectOf } from '../live/watches.ts';
import type { RuleBook } from '../alarms/rule-book.ts';

/** A rule of the catalogue by its key. */
export function ruleOf(key: string): WatchRules | undefined {
	return ruleCatalogue.find(({ by }) => by.key === key);
}

/** Of what a rule of this key is: `towerCrane.wind` is one of tower cranes. */
export function subjectKind(key: string): string {
	return key.slice(0, key.indexOf('.'));
}

/** Devices bound to something the rule is about, switched on or not. */
export function devicesOfRule(state: LiveState, key: string): LiveDevice[] {
	return [...state.devices.values()].filter(
		({ kind, object }) => object !== null && rulesFor(kind, object).some(({ by }) => by.key === key),
	);
}

export function isInScope(object: LiveObject, scope: { kind: ScopeKind; id: string | null }): boolean {
	switch (scope.kind) {
		case 'bureau':
			return true;
		case 'site':
			return object.siteId === scope.id;
		case 'machine':
		case 'point':
			return object.id === scope.id;
	}
}

/** What a scope is about; undefined when the register has no such thing, or the rule is not for it. */
export function objectOfScope(
	state: LiveState,
	key: string,
	{ kind, id }: { kind: ScopeKind; id: string | null },
): LiveObject | undefined {
	if (id === null) return undefined;
	const object = state.objects.find((one) => one.id === id);
	if (!object) return undefined;
	const subject = subjectKind(key);
	const fits =
		kind === 'site'
			? object.kind === 'site'
			: kind === 'point'
				? object.kind === 'monitorPoint' && subject === 'monitorPoint'
				: object.kind === subject && (subject === 'towerCrane' || subject === 'hoist');
	return fits ? object : undefined;
}

/** As people see them: only those in their area. */
export function shownDevices(devices: readonly LiveDevice[], shows: (object: LiveObject) => boolean): RuleDevice[] {
	return devices.flatMap(({ id, object }) =>
		object && shows(object)
			? {
					id,
					objectNo: object.no,
					name: object.name,
					siteName: object.siteName,
					townCode: object.townCode,
					at: object.at,
				}
			: [],
	);
}

/** For the bureau as a whole. */
export const BUREAU: Subject = { townCode: null, siteId: null, machineId: null, pointId: null };

/** The numbers that hold for a scope now, without what the weather lowers for a while. */
export function valuesNow(book: RuleBook, rules: WatchRules, subject: Subject): ValuesNow {
	const now = book.of(rules, { ...subject, townCode: null });
	const shipped = new Map(
		parametersOf(now.rules).map(({ parameter, shipped: rule }) => [parameter, rule?.value ?? null]),
	);
	return {
		...Object.fromEntries(shipped),
		isOn: Number(now.isOn),
		...(shipped.has('limit') && { limit: now.limit ?? null }),
	};
}

/** What a scope is about, as rules ask for it. */
export function subjectOfScope(state: LiveState, key: string, scope: RuleQuestion['scope']): Subject {
	const object = objectOfScope(state, key, scope);
	return object ? subjectOf(object) : BUREAU;
}

/** What the one point may reach without another change: its designer's value, the table's, or the bureau's. */
export function limitOfPoint(reached: readonly LiveDevice[], key: string): { value: number; unit: string } | null {
	const watched = reached.length === 1 ? reached[0]!.watches.find(({ rules }) => rules.by.key === key) : undefined;
	if (!watched || (watched.rules.measure !== 'utilisation' && watched.rules.measure !== 'rate')) return null;
	// Water is judged in metres; what it may change is written down in millimetres.
	return watched.unit === 'm/d'
		? { value: watched.design * 1000, unit: 'mm/d' }
		: { value: watched.design, unit: watched.unit };
}
