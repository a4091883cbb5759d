// Officers, places to start from and the load of the rolling month, as the server tells them.

import type { FairnessView } from '#lib/contract/patrol.ts';

export interface People {
	today: string;
	/** Those that run or will. */
	campaigns: { id: string; name: string; fromOn: string; toOn: string }[];
	officers: { id: string; name: string; certificateUntil: string | null; skills: string[] }[];
	bases: { id: string; name: string; at: [number, number] }[];
	fairness: FairnessView;
}
