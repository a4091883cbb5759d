// Minutes and km between the places of a plan: from the router where there is one, from memory where it was asked
// before, else an estimate that says that it is one. A router that fails is said to have failed; the plan goes on.

import { learnRules } from '#db/rules/planning.ts';
import { distanceM, type LngLat } from '#lib/domain/geo.ts';
import type { TravelTables } from '#lib/domain/patrol/problem.ts';
import { learnTravel, type LearntTravel } from '#lib/domain/travel/learn.ts';
import type { Db } from '../db/connection.ts';
import type { Outbound } from '../outbound/outbound.ts';
import { knownLegs, storedLegs, storeLegs, type StoredLeg } from '../repositories/travel-leg.ts';
import { osrmTable } from './osrm.ts';

export interface TravelTimes {
	kind: 'estimate' | 'osrm';
	/** Only of a router. */
	tables: TravelTables | undefined;
	estimate: LearntTravel;
	/** Why it is an estimate although a router is set; null when nothing is amiss. */
	note: string | null;
}

/** More places than this are not asked of a router: a month is planned by estimate. */
const MOST_ROUTED = 200;
const PROVIDER = 'osrm';

export interface Router {
	url: string;
	outbound: Outbound;
}

/** @param router - undefined: none is set */
export async function travelTimes(
	db: Db,
	places: readonly LngLat[],
	router: Router | undefined,
	now: Date,
): Promise<TravelTimes> {
	const estimate = learnTravel(await knownLegs(db), learnRules);
	const estimated = (note: string | null): TravelTimes => ({ kind: 'estimate', tables: undefined, estimate, note });
	if (!router) return estimated(null);
	if (places.length > MOST_ROUTED)
		return estimated(
			`超过 ${MOST_ROUTED} 个地点，按估算 · More than ${MOST_ROUTED} places: estimated, not asked of the router`,
		);
	try {
		return { kind: 'osrm', tables: await routed(db, places, router, estimate, now), estimate, note: null };
	} catch (error) {
		const why = error instanceof Error ? error.message : String(error);
		return estimated(`路径服务不可用，已改用估算 · The router cannot be used; times are estimates. ${why}`);
	}
}

async function routed(
	db: Db,
	places: readonly LngLat[],
	{ url, outbound }: Router,
	{ detour, speedKmh }: LearntTravel,
	now: Date,
): Promise<TravelTables> {
	const keys = places.map(keyOf);
	const known = new Map((await storedLegs(db, PROVIDER, keys)).map((leg) => [`${leg.from}>${leg.to}`, leg]));
	const isWhole = keys.every((from) => keys.every((to) => from === to || known.has(`${from}>${to}`)));
	if (!isWhole) {
		const answer = await osrmTable(outbound, url, places);
		const legs: StoredLeg[] = [];
		keys.forEach((from, i) =>
			keys.forEach((to, j) => {
				const minutes = answer.minutes[i]?.[j];
				const km = answer.km[i]?.[j];
				if (from === to || minutes == null || km == null || known.has(`${from}>${to}`)) return;
				const leg = { from, to, minutes, km, straightKm: distanceM(places[i]!, places[j]!) / 1000 };
				known.set(`${from}>${to}`, leg);
				legs.push(leg);
			}),
		);
		await storeLegs(db, PROVIDER, legs, now);
	}
	// Where the router knows no road, the estimate stands in: a hole in a table would refuse the whole plan.
	const cell = (i: number, j: number, what: 'minutes' | 'km') => {
		if (keys[i] === keys[j]) return 0;
		const leg = known.get(`${keys[i]}>${keys[j]}`);
		if (leg) return leg[what];
		const km = (distanceM(places[i]!, places[j]!) / 1000) * detour;
		return what === 'km' ? km : (km / speedKmh) * 60;
	};
	const table = (what: 'minutes' | 'km') => places.map((_, i) => places.map((__, j) => cell(i, j, what)));
	return { minutes: table('minutes'), km: table('km') };
}

/** About a metre. */
const keyOf = ([lng, lat]: LngLat) => `${lng.toFixed(5)},${lat.toFixed(5)}`;
