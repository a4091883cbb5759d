// Sites that lie together when seen from far away, and how they stand. Where they lie is worked out once per
// register; how they stand is counted again whenever levels change.

import Supercluster from 'supercluster';
import { LEVELS, worst, type Level } from '#lib/domain/level.ts';
import type { Donut } from './gl/donut-layer.ts';
import { pushedApart } from './push-apart.ts';

export interface PlacedCluster {
	at: [number, number];
	radiusPx: number;
	/** Register numbers of its sites. */
	sites: readonly number[];
	/** At this zoom it falls apart. */
	expandsAt: number;
}

export interface SiteCluster extends Donut, PlacedCluster {
	at: [number, number];
	worst: Level;
	/** How many of its sites are in the worst state. */
	worstCount: number;
}

/** Where a site lies, on the datum of the base map. */
export interface ClusteredSite {
	no: number;
	at: [number, number];
}

/** The largest donut has a radius of 36 pixels; those that still touch are pushed apart. */
const CLUSTER_RADIUS_PX = 66;
const MAX_ZOOM = 13;
const WHOLE_EARTH: [number, number, number, number] = [-180, -85, 180, 85];

export class SiteClusters {
	#tree: Supercluster<{ no: number }>;
	#members = new Map<number, number[]>();
	#placed = new Map<string, readonly PlacedCluster[]>();

	constructor(sites: readonly ClusteredSite[]) {
		this.#tree = new Supercluster({ radius: CLUSTER_RADIUS_PX, maxZoom: MAX_ZOOM, extent: 512 });
		this.#tree.load(
			sites.map(({ no, at }) => ({
				type: 'Feature',
				properties: { no },
				geometry: { type: 'Point', coordinates: at },
			})),
		);
	}

	/**
	 * Where the clusters lie and how large they are: the same object until the zoom or the scale is another.
	 *
	 * @param zoom - of the map; clusters are those of the whole zoom below it
	 * @param scale - of the symbols: larger donuts need more room
	 */
	placed(zoom: number, scale = 1): readonly PlacedCluster[] {
		const whole = Math.floor(zoom);
		const key = `${whole}/${scale}`;
		const known = this.#placed.get(key);
		if (known) return known;
		const clusters = this.#tree.getClusters(WHOLE_EARTH, whole).map(({ id, geometry, properties }) => {
			const at = geometry.coordinates as [number, number];
			const sites = 'cluster_id' in properties ? this.#membersOf(properties.cluster_id as number) : [properties.no];
			const expandsAt = id === undefined ? MAX_ZOOM + 1 : this.#tree.getClusterExpansionZoom(Number(id));
			return { at, sites, expandsAt, radiusPx: radiusOf(sites.length) };
		});
		const places = pushedApart(clusters, whole, scale);
		const placed = clusters.map((cluster, i) => ({ ...cluster, at: places[i]! }));
		this.#placed.set(key, placed);
		return placed;
	}

	at(zoom: number, levelOf: (no: number) => Level, scale = 1): SiteCluster[] {
		return this.placed(zoom, scale).map((cluster) => ({ ...cluster, ...standing(cluster.sites, levelOf) }));
	}

	#membersOf(cluster: number): number[] {
		const known = this.#members.get(cluster);
		if (known) return known;
		const members = this.#tree.getLeaves(cluster, Infinity).map(({ properties }) => properties.no);
		this.#members.set(cluster, members);
		return members;
	}
}

function radiusOf(sites: number): number {
	return Math.min(36, 13 + 3.2 * Math.sqrt(sites));
}

/** How a group of sites stands: parts by level, and the worst. */
export function standing(
	sites: readonly number[],
	levelOf: (no: number) => Level,
): Pick<SiteCluster, 'grave' | 'calm' | 'worst' | 'worstCount'> {
	const counts = Object.fromEntries(LEVELS.map((level) => [level, 0])) as Record<Level, number>;
	for (const no of sites) counts[levelOf(no)] += 1;
	const part = (level: Level) => counts[level] / sites.length;
	const found = worst(LEVELS.filter((level) => counts[level] > 0));
	return {
		grave: [part('danger'), part('warning'), part('notice'), part('unknown')],
		calm: [part('normal'), part('off')],
		worst: found,
		worstCount: counts[found],
	};
}
