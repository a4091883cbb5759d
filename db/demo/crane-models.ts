// Sizes of lifting machines. The designation says the rated moment (QTZ80: 800 kN·m); makers are invented.

export interface CraneModel {
	model: string;
	ratedMomentKnm: number;
	/** Jib lengths it is put up with, metres. */
	jibsM: readonly number[];
	counterJibM: number;
	/** Share among the cranes of small and of large sites. */
	small: number;
	large: number;
}

export const CRANE_MODELS: readonly CraneModel[] = [
	{ model: 'QTZ40', ratedMomentKnm: 400, jibsM: [40, 42, 45], counterJibM: 10.8, small: 11, large: 2 },
	{ model: 'QTZ63', ratedMomentKnm: 630, jibsM: [45, 50, 52], counterJibM: 12.2, small: 38, large: 20 },
	{ model: 'QTZ80', ratedMomentKnm: 800, jibsM: [50, 55, 58], counterJibM: 13.1, small: 34, large: 38 },
	{ model: 'QTZ100', ratedMomentKnm: 1000, jibsM: [55, 60], counterJibM: 13.6, small: 11, large: 17 },
	{ model: 'QTZ125', ratedMomentKnm: 1250, jibsM: [60, 62, 65], counterJibM: 14.3, small: 5, large: 14 },
	{ model: 'QTZ250', ratedMomentKnm: 2500, jibsM: [65, 70], counterJibM: 17.5, small: 1, large: 9 },
];

export const HOIST_MODELS = ['SC200/200', 'SC200/200G', 'SC100/100'] as const;

export const MAKERS = ['霁枢重工', '湉砺机械', '珩岳起重', '翀衡机械', '屹桓重工', '沄榕装备', '祎墨机械'] as const;
