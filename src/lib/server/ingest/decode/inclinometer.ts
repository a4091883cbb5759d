// A profile of an inclinometer: displacement by depth. The pit point is judged by its greatest displacement; the whole
// profile stays in `raw`.

const DEPTHS = 500;

/** @param profile - list of `{depth, x, y?}` or `[depth, mm]`, metres and millimetres; anything else says nothing */
export function inclinometer(profile: unknown): Record<string, number> {
	if (!Array.isArray(profile) || profile.length > DEPTHS) return {};
	let cumulativeMm = NaN;
	let deepestM = NaN;
	for (const entry of profile as unknown[]) {
		const [depth, mm] = pointOf(entry);
		if (!Number.isFinite(depth) || !Number.isFinite(mm)) continue;
		if (!(Math.abs(mm) <= Math.abs(cumulativeMm))) [cumulativeMm, deepestM] = [mm, depth];
	}
	return Number.isNaN(cumulativeMm) ? {} : { cumulativeMm, atDepthM: deepestM };
}

function pointOf(entry: unknown): [number, number] {
	if (Array.isArray(entry)) return [Number(entry[0] ?? NaN), Number(entry[1] ?? NaN)];
	if (typeof entry !== 'object' || entry === null) return [NaN, NaN];
	const { depth, x, y } = entry as Record<string, unknown>;
	if (typeof depth !== 'number' || typeof x !== 'number') return [NaN, NaN];
	return [depth, typeof y === 'number' ? Math.hypot(x, y) : x];
}
