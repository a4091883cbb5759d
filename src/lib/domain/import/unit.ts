// Units as they stand in cells and headers, and the factor to the unit the register keeps.

/** What the register keeps. Empty: a pure number. */
export type Unit = 'm²' | 'm' | 'mm' | 'mm/d' | 'kN·m' | 'kN/m²' | '';

const FACTORS: Record<Unit, Readonly<Record<string, number>>> = {
	'm²': {
		m2: 1,
		sqm: 1,
		平方米: 1,
		平米: 1,
		平方: 1,
		万m2: 10_000,
		万平方米: 10_000,
		万平米: 10_000,
		万平方: 10_000,
		公顷: 10_000,
		ha: 10_000,
		km2: 1_000_000,
		平方公里: 1_000_000,
		sqft: 0.09290304,
		ft2: 0.09290304,
		平方英尺: 0.09290304,
	},
	'kN/m²': { 'kn/m2': 1, 'kn/㎡': 1, kpa: 1, 千帕: 1, 千牛每平方米: 1, '千牛/平方米': 1 },
	m: { m: 1, 米: 1, cm: 0.01, 厘米: 0.01, mm: 0.001, 毫米: 0.001, km: 1000, 公里: 1000, ft: 0.3048 },
	mm: { mm: 1, 毫米: 1, cm: 10, 厘米: 10, m: 1000, 米: 1000 },
	'mm/d': { 'mm/d': 1, 'mm/day': 1, 'mm/天': 1, 'mm/日': 1, 毫米每天: 1 },
	// A crane sold as QTZ63 is 63 t·m and is graded as 630 kN·m: the trade counts 10, not 9.80665.
	'kN·m': {
		'kn·m': 1,
		'kn.m': 1,
		'kn*m': 1,
		knm: 1,
		千牛米: 1,
		'千牛·米': 1,
		't·m': 10,
		't.m': 10,
		tm: 10,
		吨米: 10,
		'吨·米': 10,
	},
	'': {},
};

/** Full-width to half-width, `㎡` and `m²` to `m2`, the several middle dots to one, no blanks, lower case. */
export function plain(value: string): string {
	return value
		.normalize('NFKC')
		.replace(/[⋅∙•・‧]/g, '·')
		.replace(/\s+/g, '')
		.toLowerCase();
}

/** @returns the factor from a unit as written to the unit kept; undefined when it is not a unit of that quantity */
export function factorOf(written: string, unit: Unit): number | undefined {
	return Object.hasOwn(FACTORS[unit], plain(written)) ? FACTORS[unit][plain(written)] : undefined;
}

/** Splits `建筑面积（万㎡）`, `floor_area_m2` or `totalsqft` into its factor; 1 when the header names no unit. */
export function factorOfHeader(header: string, unit: Unit): number {
	const flat = plain(header);
	const inBrackets = /[([{【]([^)\]}】]+)[)\]}】]/.exec(flat)?.[1];
	if (inBrackets !== undefined) {
		const bracketed = factorOf(inBrackets.replace(/^单位[::]?/, ''), unit);
		if (bracketed !== undefined) return bracketed;
	}
	const suffix = Object.keys(FACTORS[unit])
		.filter((name) => flat.endsWith(`_${name}`) || (name.length > 3 && flat.endsWith(name)))
		.sort((a, b) => b.length - a.length)[0];
	return suffix === undefined ? 1 : (factorOf(suffix, unit) ?? 1);
}
