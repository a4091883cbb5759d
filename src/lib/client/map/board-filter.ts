// What the filters let through. A site is judged by itself; what stands on it goes with its site.

import type { Board } from '#lib/contract/board.ts';
import { LEVELS } from '#lib/domain/level.ts';
import { OBJECT_KINDS } from '#lib/domain/picture/columns.ts';
import type { Filters } from '../view-url.ts';

export interface BoardFilter {
	/** Of the site itself, without its level. */
	site: (no: number) => boolean;
	/** Of any object, given its level and kind (codes of the picture); null lets everything through. */
	isShown: ((no: number, level: number, kind: number) => boolean) | null;
}

const EVERYTHING: BoardFilter = { site: () => true, isShown: null };

export function boardFilter(board: Board, { town, stage, state, level, kind }: Filters): BoardFilter {
	if (![town, stage, state, level, kind].some((list) => list.length > 0)) return EVERYTHING;
	const passes = (list: readonly string[], value: string | null) =>
		list.length === 0 || (value !== null && list.includes(value));
	const out = new Set<number>();
	const outIds = new Set<string>();
	for (const { properties: site } of board.sites.features) {
		if (passes(town, site.townCode) && passes(stage, site.stage) && passes(state, site.state)) continue;
		out.add(site.no);
		outIds.add(site.id);
	}
	for (const list of [board.machines.features, board.pits.features, board.points.features])
		for (const { properties } of list) if (outIds.has(properties.siteId)) out.add(properties.no);

	const levels = LEVELS.map((name) => level.length === 0 || level.includes(name));
	// Sites stay when a kind is asked for: they are where the machines are.
	const kinds = OBJECT_KINDS.map((name) => kind.length === 0 || name === 'site' || kind.includes(name));
	return {
		site: (no) => !out.has(no),
		isShown: (no, levelCode, kindCode) => levels[levelCode]! && kinds[kindCode]! && !out.has(no),
	};
}
