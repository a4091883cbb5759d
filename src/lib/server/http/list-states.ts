// What `state` may ask of each list. A word that is none of them is refused: a list that passed over it would look whole.

export const SITE_LIST_STATES = ['active', 'stopped', 'suspended', 'finished'] as const;
/** Machines are asked by what they are. */
export const MACHINE_LIST_STATES = ['towerCrane', 'hoist', 'materialHoist', 'mobileCrane', 'gantryCrane'] as const;
export const PIT_LIST_STATES = ['planned', 'retaining', 'digging', 'slab', 'backfilled'] as const;
/** `open`: not closed. The others are how far the closed loop has come. */
export const HAZARD_LIST_STATES = ['open', 'found', 'rectified', 'accepted', 'closed'] as const;
export const ALARM_LIST_STATES = [
	...['open', 'standing', 'cleared', 'closed', 'shelved', 'missed'],
	...['notice', 'warning', 'danger'],
] as const;
