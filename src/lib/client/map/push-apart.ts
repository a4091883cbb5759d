// Discs that would cover each other are pushed apart until none touches another, each as little as possible: a donut
// stands for an area, so a few pixels do not make it wrong, and two that overlap cannot be read.

interface Disc {
	/** Longitude and latitude. */
	at: [number, number];
	radiusPx: number;
}

const GAP_PX = 2;
const ROUNDS = 60;
const TILE_PX = 512;

/**
 * @param zoom - the one they are packed closest at
 * @param scale - what their radius is multiplied by when drawn
 */
export function pushedApart(discs: readonly Disc[], zoom: number, scale: number): [number, number][] {
	const world = TILE_PX * 2 ** zoom;
	const places = discs.map(({ at }) => toPixels(at, world));
	for (let round = 0; round < ROUNDS; round++) {
		let touches = false;
		for (let i = 0; i < places.length; i++) {
			for (let j = i + 1; j < places.length; j++) {
				const [a, b] = [places[i]!, places[j]!];
				const room = (discs[i]!.radiusPx + discs[j]!.radiusPx) * scale + GAP_PX;
				const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
				const away = Math.hypot(dx, dy);
				if (away >= room) continue;
				touches = true;
				// The smaller one goes farther; two on one spot part sideways.
				const share = discs[j]!.radiusPx / (discs[i]!.radiusPx + discs[j]!.radiusPx);
				const [ux, uy] = away > 0 ? [dx / away, dy / away] : [1, 0];
				const push = room - away + 0.01;
				places[i] = [a[0] - ux * push * share, a[1] - uy * push * share];
				places[j] = [b[0] + ux * push * (1 - share), b[1] + uy * push * (1 - share)];
			}
		}
		if (!touches) break;
	}
	return places.map((place) => toDegrees(place, world));
}

function toPixels([lng, lat]: [number, number], world: number): [number, number] {
	const sine = Math.sin((lat * Math.PI) / 180);
	return [((lng + 180) / 360) * world, (0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)) * world];
}

function toDegrees([x, y]: [number, number], world: number): [number, number] {
	const lat = (Math.atan(Math.sinh(Math.PI * (1 - (2 * y) / world))) * 180) / Math.PI;
	return [(x / world) * 360 - 180, lat];
}
