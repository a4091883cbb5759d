// Which names find room on the screen: the weightiest first, none over another.

export interface Candidate {
	text: string;
	/** Pixels on the screen, of the place the name belongs to. */
	x: number;
	y: number;
	sizePx: number;
	/** To the right and downwards from the place, to the middle of the text, or to its start. */
	offsetPx: readonly [number, number];
	anchor: 'middle' | 'start';
	/** Larger goes first. */
	weight: number;
}

/** Air between two names. */
const AIR_PX = 4;
/** Squares of the screen in which neighbours are looked for. */
const CELL_PX = 160;

/**
 * @param kept - what no name may cover
 * @returns indices of the candidates that are drawn, weightiest first
 */
export function declutter(
	candidates: readonly Candidate[],
	screen: { width: number; height: number },
	most: number,
	kept: readonly Box[] = [],
): number[] {
	const order = candidates.map((_, i) => i).sort((a, b) => candidates[b]!.weight - candidates[a]!.weight || a - b);
	const taken = new Map<string, Box[]>();
	for (const box of kept) occupy(taken, box);
	const drawn: number[] = [];
	for (const i of order) {
		if (drawn.length >= most) break;
		const box = boxOf(candidates[i]!);
		if (box.right < 0 || box.left > screen.width || box.bottom < 0 || box.top > screen.height) continue;
		const cells = cellsOf(box);
		if (cells.some((cell) => taken.get(cell)?.some((other) => overlap(box, other)))) continue;
		occupy(taken, box);
		drawn.push(i);
	}
	return drawn;
}

function occupy(taken: Map<string, Box[]>, box: Box): void {
	for (const cell of cellsOf(box)) {
		const there = taken.get(cell);
		if (there) there.push(box);
		else taken.set(cell, [box]);
	}
}

/** A part of the screen, pixels. */
export interface Box {
	left: number;
	right: number;
	top: number;
	bottom: number;
}

function boxOf({ text, x, y, sizePx, offsetPx, anchor }: Candidate): Box {
	const width = textWidthEm(text) * sizePx;
	const left = x + offsetPx[0] - (anchor === 'middle' ? width / 2 : 0);
	const middle = y + offsetPx[1];
	return {
		left: left - AIR_PX,
		right: left + width + AIR_PX,
		top: middle - sizePx * 0.6 - AIR_PX / 2,
		bottom: middle + sizePx * 0.6 + AIR_PX / 2,
	};
}

/** Chinese characters are square, Latin letters a little more than half as wide. */
export function textWidthEm(text: string): number {
	let em = 0;
	for (const letter of text) em += letter.codePointAt(0)! > 0x2e80 ? 1 : 0.58;
	return em;
}

function cellsOf({ left, right, top, bottom }: Box): string[] {
	const cells: string[] = [];
	for (let x = Math.floor(left / CELL_PX); x <= Math.floor(right / CELL_PX); x++)
		for (let y = Math.floor(top / CELL_PX); y <= Math.floor(bottom / CELL_PX); y++) cells.push(`${x},${y}`);
	return cells;
}

function overlap(a: Box, b: Box): boolean {
	return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}
