// A patrol problem and a plan, as they cross the command line and HTTP. Times are minutes from the start of the day.

import type { LngLat } from '../geo.ts';

export interface Place {
	id: string;
	/** [longitude, latitude], WGS 84; needed where the matrix is missing. */
	at?: LngLat;
}

/** Tables by place, in the order of `places`: row from, column to. Either may be missing and is then estimated. */
export interface TravelTables {
	minutes?: number[][];
	km?: number[][];
}

export interface Break {
	/** The break starts inside this window; it may end after it. */
	window: [from: number, to: number];
	minutes: number;
}

export interface Team {
	id: string;
	from: string;
	/** Null or left out: the day may end anywhere. */
	to?: string | null;
	/** Leaves `from` no earlier than the first, is back (or done) by the second. */
	shift: [from: number, to: number];
	capacity?: number;
	skills?: string[];
	breaks?: Break[];
	/** Cost of using the team at all, added to `weights.team`. */
	fixedCost?: number;
}

export interface Visit {
	id: string;
	place: string;
	/** Minutes of work on the spot. */
	minutes: number;
	/** Work starts inside one of these and may end after it closes; none: any time. */
	windows?: [from: number, to: number][];
	/** Effort points taken from the team's capacity. */
	load?: number;
	/** A visit that need not be made may be left out and then loses its prize. */
	must?: boolean;
	prize?: number;
	/** Every one of these must be among the team's skills. */
	skills?: string[];
	/** Only this team may make it. */
	team?: string | null;
	notTeam?: string[];
	/** Work starts when this other visit has been left, by whichever team; impossible when that one is not planned. */
	after?: string | null;
}

export interface Weights {
	minutes?: number;
	km?: number;
	/** Per team used. */
	team?: number;
	/** Times the sum over teams of (minutes at work)² / (minutes of shift): the fairer, the smaller. */
	fairness?: number;
}

export interface Problem {
	places: Place[];
	matrix?: TravelTables;
	teams: Team[];
	visits: Visit[];
	weights?: Weights;
}

export interface Stop {
	visit: string;
	arrive: number;
	start: number;
	leave: number;
}

export interface Route {
	team: string;
	stops: Stop[];
	/** Minutes travelled. */
	minutes: number;
	km: number;
	/** When each break is taken; absent for a team without breaks. */
	breaks?: { start: number; end: number }[];
	/** Back at the end place, or done with the last visit where the day may end anywhere. */
	end: number;
}

export interface LeftOut {
	visit: string;
	/** Why it is not in the plan, as a sentence. */
	reason: string;
	/** What would let it in; empty when nothing that was looked for would. */
	wouldFit: string;
}

export interface Plan {
	routes: Route[];
	left: LeftOut[];
	/** The objective as the problem defines it, prizes lost included. A `must` left out is not priced but listed. */
	objective: number;
	seconds: number;
	iterations: number;
	seed: number;
}
