// Sites from far away: donuts with the number of sites in the middle, and the worst state with its number beside.

import { TextLayer } from '@deck.gl/layers';
import { levelCode, type Level } from '#lib/domain/level.ts';
import { OBJECT_KINDS } from '#lib/domain/picture/columns.ts';
import { DonutLayer } from '../gl/donut-layer.ts';
import { MarkLayer } from '../gl/mark-layer.ts';
import { textStyle } from '../gl/text.ts';
import type { MapPalette } from '../map-palette.ts';
import { MARK_BYTES, markOf } from '../mark-bytes.ts';
import type { SiteCluster } from '../site-clusters.ts';

/** Worth a badge of its own. */
const BADGED: readonly Level[] = ['warning', 'danger'];
/** Any kind but a site, which would be drawn square. */
const PLAIN = OBJECT_KINDS.indexOf('device');

export function clusterLayers(clusters: readonly SiteCluster[], scale: number, palette: MapPalette) {
	const scaled = clusters.map((cluster) => ({ ...cluster, radiusPx: cluster.radiusPx * scale }));
	const badged = scaled.filter(({ worst }) => BADGED.includes(worst));
	return [
		new DonutLayer({ id: 'cluster-donut', data: scaled, palette, pickable: true }),
		new TextLayer<SiteCluster>({
			...textStyle(palette),
			id: 'cluster-count',
			data: scaled,
			getPosition: ({ at }) => at,
			getText: ({ sites }) => String(sites.length),
			getSize: ({ radiusPx }) => Math.max(11, radiusPx * 0.62),
			getColor: [...palette.text, 255],
			getPixelOffset: ({ radiusPx }) => [0, -radiusPx * 0.045],
			outlineWidth: 0,
		}),
		badgeLayer(badged, scale, palette),
		new TextLayer<SiteCluster>({
			...textStyle(palette),
			id: 'cluster-worst-count',
			data: badged,
			getPosition: ({ at }) => at,
			getText: ({ worstCount }) => String(worstCount),
			getSize: 11 * scale,
			getColor: [...palette.groundBytes, 255],
			getPixelOffset: (cluster) => {
				const [x, y] = badgeOffset(cluster);
				return [x, -y + (cluster.worst === 'warning' ? 1.5 * scale : 0)];
			},
			outlineWidth: 0,
		}),
	];
}

function badgeLayer(badged: readonly SiteCluster[], scale: number, palette: MapPalette) {
	const marks = Uint32Array.from(badged, ({ worst }) => markOf(levelCode(worst), PLAIN));
	return new MarkLayer({
		id: 'cluster-worst',
		data: {
			length: badged.length,
			attributes: {
				getPosition: { value: Float32Array.from(badged.flatMap(({ at }) => at)), size: 2 },
				getOffset: { value: Float32Array.from(badged.flatMap(badgeOffset)), size: 2 },
				getMark: { value: new Uint8Array(marks.buffer), size: MARK_BYTES, normalized: true },
			},
		},
		palette,
		radiusPx: 8.5 * scale,
		pickable: false,
	});
}

/** Up and to the right on the ring; pixels, y upwards. */
function badgeOffset({ radiusPx }: SiteCluster): [number, number] {
	return [radiusPx * 0.74, radiusPx * 0.74];
}
