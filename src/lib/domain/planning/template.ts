// Kinds of patrol days: when people go, whom they go to, under which occasion a visit is entered. What differs between
// an ordinary day and the days before a holiday is data here, not code.

import type { TermKey } from '../coverage/due.ts';

export const TEMPLATES = [
	'daily',
	'preHoliday',
	'holidayDuty',
	'resumption',
	'night',
	'examDays',
	'keyPeriod',
	'campaign',
	'thirdParty',
	'flood',
	'unannounced',
	'month',
] as const;
export type TemplateKey = (typeof TEMPLATES)[number];

export type Occasion = 'routine' | 'campaign' | 'holiday' | 'resumption' | 'lookBack' | 'night' | 'flood' | 'joint';

export interface Template {
	key: TemplateKey;
	/** Minutes after midnight. */
	shift: [number, number];
	/** When sites receive visits. */
	windows: [number, number][];
	breaks: { window: [number, number]; minutes: number }[];
	occasion: Occasion;
	/** Sites due within so many days are candidates; null: every site the filter lets through. */
	horizonDays: number | null;
	/** Whether a visit inside the quiet time is refused (无事不扰). Duty, floods and campaigns of a higher body go anyway. */
	keepsQuiet: boolean;
	/** What makes a visit one that has to be made. */
	mustBy: readonly TermKey[];
	/** Only sites with one of these; empty: all. */
	only: readonly ('high' | 'wet' | 'flood' | 'open' | 'stopped' | 'recent')[];
}

const DAY: Pick<Template, 'shift' | 'windows' | 'breaks'> = {
	shift: [510, 1050],
	windows: [
		[510, 690],
		[780, 1020],
	],
	breaks: [{ window: [690, 750], minutes: 60 }],
};
const NIGHT: Pick<Template, 'shift' | 'windows' | 'breaks'> = {
	shift: [1140, 1400],
	windows: [[1140, 1380]],
	breaks: [],
};
const URGENT: readonly TermKey[] = ['major', 'danger'];

export const TEMPLATE: Readonly<Record<TemplateKey, Template>> = {
	daily: { key: 'daily', ...DAY, occasion: 'routine', horizonDays: 7, keepsQuiet: true, mustBy: URGENT, only: [] },
	preHoliday: {
		key: 'preHoliday',
		...DAY,
		occasion: 'holiday',
		horizonDays: 14,
		keepsQuiet: true,
		mustBy: URGENT,
		only: ['high', 'open'],
	},
	holidayDuty: {
		key: 'holidayDuty',
		...DAY,
		occasion: 'holiday',
		horizonDays: null,
		keepsQuiet: false,
		mustBy: URGENT,
		only: ['high', 'open'],
	},
	resumption: {
		key: 'resumption',
		...DAY,
		occasion: 'resumption',
		horizonDays: null,
		keepsQuiet: true,
		mustBy: URGENT,
		only: ['stopped', 'high'],
	},
	night: {
		key: 'night',
		...NIGHT,
		occasion: 'night',
		horizonDays: null,
		keepsQuiet: true,
		mustBy: URGENT,
		only: ['high'],
	},
	examDays: { key: 'examDays', ...NIGHT, occasion: 'night', horizonDays: null, keepsQuiet: true, mustBy: [], only: [] },
	keyPeriod: {
		key: 'keyPeriod',
		...DAY,
		occasion: 'routine',
		horizonDays: 21,
		keepsQuiet: false,
		mustBy: URGENT,
		only: ['high', 'open'],
	},
	campaign: {
		key: 'campaign',
		...DAY,
		occasion: 'campaign',
		horizonDays: null,
		keepsQuiet: true,
		mustBy: URGENT,
		only: [],
	},
	thirdParty: {
		key: 'thirdParty',
		...DAY,
		occasion: 'joint',
		horizonDays: null,
		keepsQuiet: true,
		mustBy: [],
		only: ['high'],
	},
	flood: {
		key: 'flood',
		...DAY,
		occasion: 'flood',
		horizonDays: null,
		keepsQuiet: false,
		mustBy: URGENT,
		only: ['wet', 'flood'],
	},
	unannounced: {
		key: 'unannounced',
		...DAY,
		occasion: 'routine',
		horizonDays: null,
		keepsQuiet: true,
		mustBy: [],
		only: [],
	},
	month: { key: 'month', ...DAY, occasion: 'routine', horizonDays: 30, keepsQuiet: true, mustBy: URGENT, only: [] },
};
