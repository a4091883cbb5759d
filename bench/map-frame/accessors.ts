// What most pages do: an array of objects, a new one with every change, read through accessors. Level is told by
// colour, ring and size, as ours tells it by colour and shape.

import { ScatterplotLayer } from '@deck.gl/layers';
import { LEVELS, levelOfCode, type Level } from '#lib/domain/level.ts';
import type { PictureColumns } from '#lib/domain/picture/columns.ts';
import { LEVEL_COLOURS } from '#lib/client/ui/palette.ts';
import type { Change } from './changes.ts';
import type { Draw, Way } from './way.ts';

interface Crane {
	no: number;
	at: [number, number];
	level: Level;
	slewDeg: number;
}
type Rgba = [number, number, number, number];
const COLOURS = Object.fromEntries(LEVELS.map((level) => [level, [...LEVEL_COLOURS.dark[level], 255]])) as Record<
	Level,
	Rgba
>;

const GROUND: Rgba = [11, 20, 32, 255];
const RADIUS: Record<Level, number> = { unknown: 3.4, off: 3.4, normal: 3.4, notice: 4, warning: 4, danger: 4.4 };

export function objectAccessors(picture: PictureColumns, draw: Draw): Way {
	let cranes = Array.from({ length: picture.count }, (_, row): Crane => ({
		no: picture.no[row]!,
		at: [picture.positions[row * 2]!, picture.positions[row * 2 + 1]!],
		level: levelOfCode(picture.level[row]!),
		slewDeg: picture.slew[row]! / 10,
	}));
	const show = () =>
		draw([
			new ScatterplotLayer<Crane>({
				id: 'accessors',
				data: cranes,
				getPosition: ({ at }) => at,
				getFillColor: ({ level }) => COLOURS[level],
				getRadius: ({ level }) => RADIUS[level],
				getLineColor: ({ level }) => (level === 'unknown' || level === 'off' ? COLOURS[level] : GROUND),
				stroked: true,
				lineWidthUnits: 'pixels',
				radiusUnits: 'pixels',
				billboard: true,
				pickable: true,
			}),
		]);
	show();
	return {
		update({ delta }: Change) {
			const next = cranes.slice();
			for (let i = 0; i < delta.count; i++) {
				const row = delta.no[i]! - 1;
				const level = levelOfCode(delta.level[i]!);
				const slewDeg = delta.slew[i]! / 10;
				const at: [number, number] = delta.positions.length
					? [delta.positions[i * 2]!, delta.positions[i * 2 + 1]!]
					: next[row]!.at;
				next[row] = { ...next[row]!, level, slewDeg, at };
			}
			cranes = next;
			show();
		},
		close: () => {},
	};
}
