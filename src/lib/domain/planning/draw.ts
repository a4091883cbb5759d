// Drawing by lot so that anybody can check it (双随机): every candidate has a ticket, the SHA-256 of seed and id; the
// lowest tickets are drawn. The commitment is published before the draw, the seed after it. Hashes come in as
// arguments: node, browser and command line each have their own.

export interface DrawPool {
	/** Ids of sites and officers, each once. */
	sites: string[];
	officers: string[];
	count: number;
	teams: number;
	/** Pairs that must not be drawn together: an officer and a site whose firm they have to avoid. */
	avoids: { officer: string; site: string }[];
	/** Risk grades and codes of towns that the pool was limited to, joined by “、”; empty: to none. */
	filter: string;
}

export interface DrawOutcome {
	sites: string[];
	/** Pairs of officers. */
	teams: string[][];
}

/** The text whose SHA-256 is published before the draw: changing seed or pool afterwards changes it. */
export function commitmentText(seed: string, pool: DrawPool): string {
	const avoids = pool.avoids.map(({ officer, site }) => `${officer}/${site}`).sort();
	return [
		'sitewatch-draw-1',
		seed,
		[...pool.sites].sort().join(','),
		[...pool.officers].sort().join(','),
		pool.count,
		pool.teams,
		avoids.join(','),
	].join('\n');
}

/** The text whose SHA-256 is the ticket of a candidate. */
export function ticketText(seed: string, kind: 'site' | 'officer', id: string): string {
	return `${seed}|${kind}|${id}`;
}

/**
 * @param ticketOf - SHA-256 of `ticketText`, in hexadecimal
 * @returns undefined when the pool is smaller than what is to be drawn from it
 */
export function drawLots(
	pool: DrawPool,
	ticketOf: (kind: 'site' | 'officer', id: string) => string,
): DrawOutcome | undefined {
	const ranked = (kind: 'site' | 'officer', ids: readonly string[]) =>
		ids
			.map((id) => ({ id, ticket: ticketOf(kind, id) }))
			.sort((a, b) => (a.ticket < b.ticket ? -1 : 1))
			.map(({ id }) => id);
	if (pool.sites.length < pool.count || pool.officers.length < pool.teams * 2) return undefined;
	const sites = ranked('site', pool.sites).slice(0, pool.count);
	const officers = ranked('officer', pool.officers).slice(0, pool.teams * 2);
	return { sites, teams: Array.from({ length: pool.teams }, (_, i) => officers.slice(2 * i, 2 * i + 2)) };
}
