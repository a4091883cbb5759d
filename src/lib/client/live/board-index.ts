// The register by number and by id, made once per board.

import type {
	Board,
	GridProperties,
	MachineProperties,
	PitProperties,
	PointProperties,
	SiteProperties,
	TownProperties,
} from '#lib/contract/board.ts';
import { townWord } from '../words/labels.ts';

/** One thing of the register with the position to fly to. */
export type Registered =
	| { kind: 'site'; no: number; id: string; at: [number, number]; site: SiteProperties }
	| { kind: MachineProperties['kind']; no: number; id: string; at: [number, number]; machine: MachineProperties }
	| { kind: 'pit'; no: number; id: string; at: [number, number]; pit: PitProperties }
	| { kind: PointProperties['kind']; no: number; id: string; at: [number, number]; point: PointProperties };

export class BoardIndex {
	readonly byNo = new Map<number, Registered>();
	readonly byId = new Map<string, Registered>();
	readonly siteById = new Map<string, SiteProperties>();
	readonly townByCode = new Map<string, TownProperties>();
	readonly gridById = new Map<string, GridProperties>();
	/** Numbers of what stands on a site, by the site's id. */
	readonly onSite = new Map<string, number[]>();
	/** Expected reporting interval in seconds, by number, where one is known. */
	readonly intervals = new Map<number, number>();

	constructor(board: Board) {
		for (const { properties: site } of board.sites.features) {
			this.siteById.set(site.id, site);
			this.#add({ kind: 'site', no: site.no, id: site.id, at: site.at, site });
		}
		for (const { geometry, properties: machine } of board.machines.features) {
			const { kind, no, id, siteId } = machine;
			this.#add({ kind, no, id, at: geometry.coordinates as [number, number], machine }, siteId);
			this.#reports(no, machine.expectedIntervalS);
		}
		for (const { geometry, properties: pit } of board.pits.features) {
			const { no, id, siteId } = pit;
			this.#add({ kind: 'pit', no, id, at: middleOf(geometry.coordinates[0]?.[0] ?? []), pit }, siteId);
		}
		for (const { geometry, properties: point } of board.points.features) {
			const { kind, no, id, siteId } = point;
			this.#add({ kind, no, id, at: geometry.coordinates as [number, number], point }, siteId);
			this.#reports(no, point.expectedIntervalS);
		}
		for (const { properties } of board.towns.features) this.townByCode.set(properties.code, properties);
		for (const { properties } of board.grids.features) this.gridById.set(properties.id, properties);
	}

	/** Name of a town in the language of the page; undefined for a code the board does not know. */
	townName(code: string | null | undefined): string | undefined {
		const town = this.townByCode.get(code ?? '');
		return town && townWord(town);
	}

	#add(entry: Registered, siteId?: string): void {
		this.byNo.set(entry.no, entry);
		this.byId.set(entry.id, entry);
		if (!siteId) return;
		const there = this.onSite.get(siteId);
		if (there) there.push(entry.no);
		else this.onSite.set(siteId, [entry.no]);
	}

	#reports(no: number, intervalS: number | null): void {
		if (intervalS !== null && intervalS > 0) this.intervals.set(no, intervalS);
	}
}

/** The middle of a ring's box; good enough to fly to. */
function middleOf(ring: readonly number[][]): [number, number] {
	const lngs = ring.map(([lng]) => lng!);
	const lats = ring.map(([, lat]) => lat!);
	return [(Math.min(...lngs) + Math.max(...lngs)) / 2, (Math.min(...lats) + Math.max(...lats)) / 2];
}
