// What a principal may see, as an argument no repository can be called without.

/** Classes of layers a grant opens. Personal data and restricted geodata are classes of their own. */
export const LAYER_CLASSES = ['public', 'supervision', 'personal', 'restricted'] as const;
export type LayerClass = (typeof LAYER_CLASSES)[number];

/**
 * The rows a caller may reach. `areas` are administrative codes as strings, matched as prefixes of `town_code`
 * or a grid's 15-digit code: `330109` is the district, `330109001` a town, 15 digits a grid.
 * An empty list reaches nothing. `system` is for the program's own work (migration, engine, simulator set-up) only.
 */
export type Scope =
	| { kind: 'system' }
	| {
			kind: 'areas';
			areas: readonly string[];
			layers: readonly LayerClass[];
			/** Only these sites and what stands on them; undefined: every site of the areas. */
			siteIds?: readonly string[];
	  };

export const SYSTEM: Scope = { kind: 'system' };

/**
 * Whether a row of a town (or of no town) may be reached. A row without a town belongs to the whole district only; an
 * area that is a grid reaches the rows of that very grid.
 * A scope narrowed to sites reaches no row that does not name one of them.
 */
export function reaches(
	scope: Scope,
	townCode: string | null,
	siteId?: string | null,
	gridCode?: string | null,
): boolean {
	if (scope.kind === 'system') return true;
	if (scope.siteIds && !(siteId && scope.siteIds.includes(siteId))) return false;
	return scope.areas.some((area) => {
		if (area.length === 15) return area === gridCode;
		return townCode === null ? area.length === 6 : townCode.startsWith(area);
	});
}

/** Whether a text is the code of a district (6 digits), a town (9) or a grid (15). */
export function isAreaCode(code: string): boolean {
	return /^\d{6}(\d{3}(\d{6})?)?$/.test(code);
}
