// What the wall tells while nothing alarms: how the sites are, and which towns to keep an eye on.

import type { SiteProperties, TownProperties } from '#lib/contract/board.ts';
import { LEVELS, type Level } from '#lib/domain/level.ts';

export type LevelCounts = Record<Level, number>;

export interface TownPicture {
	name: string;
	counts: LevelCounts;
	majors: number;
}

type CountedSite = Pick<SiteProperties, 'no' | 'townCode' | 'openMajorHazards'>;

export function countLevels(sites: readonly CountedSite[], levelOf: (no: number) => Level): LevelCounts {
	const counts = Object.fromEntries(LEVELS.map((level) => [level, 0])) as LevelCounts;
	for (const { no } of sites) counts[levelOf(no)] += 1;
	return counts;
}

/** Towns with something to say, the gravest first: alarms, open major hazards, then what nobody knows. */
export function townsToWatch(
	towns: readonly Pick<TownProperties, 'code' | 'name'>[],
	sites: readonly CountedSite[],
	levelOf: (no: number) => Level,
	most: number,
): TownPicture[] {
	const pictures = towns.map(({ code, name }) => {
		const own = sites.filter(({ townCode }) => townCode === code);
		const majors = own.reduce((sum, { openMajorHazards }) => sum + openMajorHazards, 0);
		return { name, counts: countLevels(own, levelOf), majors };
	});
	const gravity = ({ counts, majors }: TownPicture) => [
		counts.danger,
		counts.warning,
		majors,
		counts.notice,
		counts.unknown,
	];
	return pictures
		.filter((picture) => gravity(picture).some((count) => count > 0))
		.sort((a, b) => {
			const [left, right] = [gravity(a), gravity(b)];
			const at = left.findIndex((count, order) => count !== right[order]);
			return at < 0 ? 0 : right[at]! - left[at]!;
		})
		.slice(0, most);
}
