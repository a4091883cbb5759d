// One colour per team, on the map and in the timeline; far from the colours of levels. The number says it too.

export const TEAM_COLOURS: readonly [number, number, number][] = [
	[66, 135, 214],
	[168, 98, 198],
	[0, 150, 150],
	[196, 110, 160],
	[120, 128, 60],
	[90, 100, 190],
	[150, 105, 70],
	[70, 150, 90],
];

export function teamColour(team: string): [number, number, number] {
	const n = Number(/t(\d+)$/.exec(team)?.[1] ?? 1);
	return TEAM_COLOURS[(n - 1) % TEAM_COLOURS.length]!;
}

export const cssColour = (team: string) => `rgb(${teamColour(team).join(' ')})`;
