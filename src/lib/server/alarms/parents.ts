// What many devices hang on: gateways, the power of sites, the network. When all that hang on one fall silent together
// it is one alarm of the parent, and none of the children.

import { parentRules } from '#db/rules/alarm-life.ts';
import { deviceRules } from '#db/rules/device.ts';
import { groupState, lineState, type Member } from '#lib/domain/alarm/parent.ts';
import type { LiveDevice, LiveObject } from '../live/live-device.ts';
import type { LiveState } from '../live/live-state.ts';
import type { Parent } from './alarm-book.ts';

interface Group {
	parent: Omit<Parent, 'silent'>;
	devices: LiveDevice[];
	isDown: boolean;
	isDoubtful: boolean;
	/** When somebody was heard again. */
	upMs: number;
}

export interface ParentChange {
	parent: Parent;
	isDown: boolean;
}

const NETWORK = 'network';

export class Parents {
	readonly #state: LiveState;
	readonly #startedMs: number;
	#groups = new Map<string, Group>();
	/** Groups a device hangs on, the widest first. */
	#of = new Map<string, Group[]>();

	constructor(state: LiveState, startedMs: number) {
		this.#state = state;
		this.#startedMs = startedMs;
		this.group();
	}

	/** The register was read: who hangs on what. */
	group(): void {
		const before = this.#groups;
		this.#groups = new Map();
		this.#of = new Map();
		for (const device of this.#state.devices.values()) {
			const { object, gateway } = device;
			if (!object || object.isPlanned) continue;
			this.#hang(device, before, NETWORK, () => ({
				...{ origin: 'network', condition: 'networkLost', object: null, name: '全区网络' },
				least: parentRules.networkSilent.value,
			}));
			const site = siteOf(object);
			this.#hang(device, before, `site:${object.siteId}`, () => ({
				...{ origin: 'site', condition: 'powerLost', object: site, name: object.siteName },
				least: parentRules.silent.value,
			}));
			if (gateway === null) continue;
			this.#hang(device, before, `gateway:${gateway}`, () => ({
				...{ origin: 'gateway', condition: 'gatewayLost', object: site, name: `网关 ${gateway}` },
				least: parentRules.silent.value,
			}));
		}
	}

	/** Whether anything still hangs on it. */
	has(key: string): boolean {
		return this.#groups.has(key);
	}

	/** A parent that was down when the program started. */
	wasDown(key: string): void {
		const group = this.#groups.get(key);
		if (group) group.isDown = true;
	}

	/** What fell silent as a whole, or is heard again, since the last look. */
	look(nowMs: number): ParentChange[] {
		const changes: ParentChange[] = [];
		// The map is in the order network, then each site before its gateways.
		for (const group of this.#groups.values()) {
			const { parent, devices } = group;
			const state = this.#stateOf(group, nowMs);
			group.isDoubtful = state === 'doubtful';
			const isDown = group.isDown ? state !== 'up' : state === 'down' && !this.#isExplained(group);
			if (isDown === group.isDown) continue;
			group.isDown = isDown;
			if (!isDown) group.upMs = nowMs;
			const silent = devices.filter((device) => device.presence !== 'fresh').length;
			changes.push({ parent: { ...parent, silent: silent || devices.length }, isDown });
		}
		return changes;
	}

	#stateOf({ parent, devices, isDown }: Group, nowMs: number) {
		if (parent.key !== NETWORK) return groupState(devices, parent.least, nowMs, this.#graceMs, presence);
		return lineState(devices, parent.least, parentRules.network, nowMs, this.#graceMs, presence, isDown);
	}

	/** The widest of what a silent device hangs on that is down. One that is heard all the same needs no explanation. */
	explains(deviceId: string): Omit<Parent, 'silent'> | undefined {
		if (this.#state.devices.get(deviceId)?.presence === 'fresh') return undefined;
		return this.#of.get(deviceId)?.find(({ isDown }) => isDown)?.parent;
	}

	/** Until when the silence of a device is not told by itself: for ever while a parent explains it or may do so. */
	excusedUntil(device: LiveDevice): number {
		let untilMs = this.#graceMs(device);
		for (const group of this.#of.get(device.id) ?? []) {
			if (group.isDown || group.isDoubtful) return Infinity;
			untilMs = Math.max(untilMs, group.upMs + grace(device));
		}
		return untilMs;
	}

	/** Until when silence is no proof: asked of every member each second, so it is made once. */
	readonly #graceMs = (member: Member): number => this.#startedMs + grace(member);

	/** Something wider is down, or may be. */
	#isExplained(group: Group): boolean {
		const all = this.#of.get(group.devices[0]!.id)!;
		return all.slice(0, all.indexOf(group)).some(({ isDown, isDoubtful }) => isDown || isDoubtful);
	}

	#hang(device: LiveDevice, before: Map<string, Group>, key: string, make: () => Omit<Parent, 'silent' | 'key'>): void {
		let group = this.#groups.get(key);
		if (!group) {
			const { isDown = false, upMs = -Infinity } = before.get(key) ?? {};
			group = { parent: { key, ...make() }, devices: [], isDown, isDoubtful: false, upMs };
			this.#groups.set(key, group);
		}
		group.devices.push(device);
		const groups = this.#of.get(device.id) ?? [];
		groups.push(group);
		this.#of.set(device.id, groups);
	}
}

const { presence } = deviceRules;

function grace({ intervalS }: Member): number {
	return deviceRules.startGrace.value * intervalS * 1000;
}

function siteOf(object: LiveObject): LiveObject {
	let found = object;
	while (found.holder) found = found.holder;
	return found;
}
