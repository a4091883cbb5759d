// Lifting machines in use: how many at which site, what they are, where they stand, and for some where they stood before.

import type { Random } from '#lib/domain/random.ts';
import { dayAfter, daysBetween, type Calendar } from './calendar.ts';
import { CRANE_MODELS, HOIST_MODELS, MAKERS } from './crane-models.ts';
import type { Firms } from './firms.ts';
import { propertyRecordNo, useRegistrationNo } from './identifiers.ts';
import { drawAge } from './machine-age.ts';
import { placeCrane, placeHoist, type Stood } from './machine-places.ts';
import { areaM2, pointOf } from './plane.ts';
import { PUBLISHED } from './published.ts';
import type { InstallationRow, MachineRow } from './rows.ts';
import { shareOut } from './share.ts';
import type { DemoSite, Stage } from './sites.ts';
import type { Sources } from './sources.ts';

export interface Machines {
	machines: MachineRow[];
	/** Where each stands now, in the order of the machines. */
	current: InstallationRow[];
	/** Where some stood before. */
	former: InstallationRow[];
}

const TOWER_CRANES = 652;
const MOVED_MACHINES = 90;
const CRANES_BY_STAGE: Record<Stage, number> = {
	preparation: 0,
	foundation: 0.6,
	structure: 1,
	masonry: 0.45,
	finishing: 0.04,
	completion: 0,
};
const HOISTS_BY_STAGE: Record<Stage, number> = {
	preparation: 0,
	foundation: 0,
	structure: 0.4,
	masonry: 1,
	finishing: 0.7,
	completion: 0.08,
};

export function inventMachines(
	random: Random,
	{ today, published }: Calendar,
	sites: readonly DemoSite[],
	firms: Firms,
	sources: Sources,
): Machines {
	const source_id = sources.add('machines', '在用起重机械（2025 年上半年公布数）');
	const share = (total: number, byStage: Record<Stage, number>, landPerMachineM2: number, most: number) =>
		shareOut(
			total,
			sites.map(
				({ stage, floorAreaM2, row }) => (row.state === 'suspended' ? 0.3 : 1) * byStage[stage] * floorAreaM2 ** 0.85,
			),
			(index) => Math.max(1, Math.min(most, Math.floor(areaM2(sites[index]!.ring) / landPerMachineM2))),
		);
	const cranes = share(TOWER_CRANES, CRANES_BY_STAGE, 2600, 9);
	const hoists = share(PUBLISHED.machinesInUse - TOWER_CRANES, HOISTS_BY_STAGE, 2200, 8);

	const [machines, current]: [MachineRow[], InstallationRow[]] = [[], []];
	const add = (kind: 'towerCrane' | 'hoist', site: DemoSite, stood: Stood[], at: number) => {
		const isLarge = site.floorAreaM2 > 70_000;
		const crane =
			kind === 'towerCrane'
				? random.weighted(CRANE_MODELS.map((model) => [model, isLarge ? model.large : model.small] as const))
				: undefined;
		const jibM = crane && random.pick(crane.jibsM);
		const place =
			jibM === undefined ? placeHoist(random, site.ring, stood) : placeCrane(random, site.ring, jibM, stood);
		stood.push({ at: place, jibM: jibM ?? 0 });
		const age = drawAge(random, today, kind, crane?.ratedMomentKnm ?? 0);
		const serial = machines.length + 1;
		const installedOn = installDay(random, site, today, age.manufacturedOn);
		const machine: MachineRow = {
			id: random.uuid(),
			kind,
			property_record_no: propertyRecordNo(kind, (age.manufacturedOn ?? dayAfter(today, -2400)).slice(0, 4), serial),
			factory_no: random.chance(0.95)
				? `${(age.manufacturedOn ?? '').slice(2, 4)}${String(random.whole(1, 9999)).padStart(4, '0')}`
				: null,
			manufacturer: random.pick(MAKERS),
			model: crane?.model ?? random.pick(HOIST_MODELS),
			rated_moment_knm: crane && age.isMomentKnown ? crane.ratedMomentKnm : null,
			manufactured_on: age.manufacturedOn,
			assessed_until: age.assessedUntil,
			tested_on: null,
			equipment_owner_id: random.pick(firms.craneFirms).id,
			attributes: {},
			source_id,
		};
		machines.push(machine);
		current.push({
			id: random.uuid(),
			machine_id: machine.id,
			site_id: site.row.id,
			use_registration_no: useRegistrationNo('330109', kind, installedOn.slice(0, 4), serial),
			site_no: `${at + 1}#`,
			location: pointOf(place),
			jib_radius_m: jibM ?? null,
			counter_jib_m: crane?.counterJibM ?? null,
			height_m: heightM(random, site, kind, at),
			installed_on: installedOn,
			removed_on: null,
			source_id,
		});
	};
	for (const [index, site] of sites.entries()) {
		const stood: Stood[] = [];
		for (let at = 0; at < cranes[index]!; at++) add('towerCrane', site, stood, at);
		for (let at = 0; at < hoists[index]!; at++) add('hoist', site, stood, at);
	}

	const order = random.shuffled(machines.map((_, index) => index));
	const testDays = daysBetween(published.from, published.to);
	for (const [rank, index] of order.entries()) {
		if (rank < PUBLISHED.machinesTested)
			machines[index]!.tested_on = dayAfter(published.from, random.whole(0, testDays));
		else if (rank % 3 !== 0) machines[index]!.tested_on = dayAfter(published.from, -random.whole(1, 260));
	}
	return { machines, current, former: formerPlaces(random, machines, current, sites, order) };
}

function installDay(random: Random, site: DemoSite, today: string, manufacturedOn: string | null): string {
	const running = daysBetween(site.startedOn, today);
	const day = dayAfter(today, -Math.max(3, Math.round(running * random.between(0.15, 0.85))));
	return manufacturedOn && day <= manufacturedOn ? dayAfter(manufacturedOn, 20) : day;
}

/** Neighbours on one site stand at different heights, or their jibs could not pass each other. */
function heightM(random: Random, { stage }: DemoSite, kind: 'towerCrane' | 'hoist', at: number): number {
	const built: Record<Stage, [number, number]> = {
		preparation: [25, 35],
		foundation: [30, 42],
		structure: [42, 95],
		masonry: [60, 105],
		finishing: [60, 110],
		completion: [45, 90],
	};
	const base = random.between(...built[stage]);
	return Math.round((kind === 'hoist' ? base * 0.85 : base + (at % 4) * random.between(5, 8)) * 10) / 10;
}

function formerPlaces(
	random: Random,
	machines: readonly MachineRow[],
	current: readonly InstallationRow[],
	sites: readonly DemoSite[],
	order: readonly number[],
): InstallationRow[] {
	const former: InstallationRow[] = [];
	for (const index of order) {
		if (former.length === MOVED_MACHINES) break;
		const [machine, now] = [machines[index]!, current[index]!];
		const removedOn = dayAfter(now.installed_on, -random.whole(6, 60));
		const installedOn = dayAfter(removedOn, -random.whole(120, 420));
		const homes = sites.filter((site) => site.row.id !== now.site_id && site.startedOn < dayAfter(installedOn, -10));
		if (homes.length === 0 || (machine.manufactured_on && machine.manufactured_on >= installedOn)) continue;
		const site = random.pick(homes);
		const kind = machine.kind === 'hoist' ? 'hoist' : 'towerCrane';
		const place = now.jib_radius_m
			? placeCrane(random, site.ring, now.jib_radius_m, [])
			: placeHoist(random, site.ring, []);
		former.push({
			...now,
			id: random.uuid(),
			site_id: site.row.id,
			use_registration_no: useRegistrationNo('330109', kind, installedOn.slice(0, 4), 5000 + former.length),
			site_no: `${random.whole(1, 6)}#`,
			location: pointOf(place),
			installed_on: installedOn,
			removed_on: removedOn,
		});
	}
	return former;
}
