// What a person should know about every layer of the map before trusting it.

import type { LayerKey } from '../view-url.ts';
import type { IconName } from '../ui/icons.ts';
import { m } from '../words/generated/messages.js';

export interface LayerCard {
	name: string;
	icon: IconName;
	owner: string;
	basis: string;
	rate: string;
	limits: string;
	/** Fed by devices: its age is that of the stream, not of the register. */
	isLive: boolean;
}

const ICON: Record<LayerKey, IconName> = {
	sites: 'site',
	cranes: 'crane',
	hoists: 'hoist',
	pits: 'pit',
	formwork: 'formwork',
	scaffolds: 'scaffold',
	points: 'point',
	hotWork: 'flame',
	alarms: 'bell',
	labels: 'language',
	towns: 'town',
	grids: 'grid',
	risk: 'risk',
	rain: 'rain',
	water: 'water',
	measures: 'check',
	exposure: 'hazard',
	sensitive: 'pit',
};
const LIVE: readonly LayerKey[] = [
	'cranes',
	'hoists',
	'pits',
	'points',
	'hotWork',
	'alarms',
	'rain',
	'water',
	'measures',
];

export function layerCard(key: LayerKey): LayerCard {
	return {
		name: m[`layer_${key}_name`](),
		icon: ICON[key],
		owner: m[`layer_${key}_owner`](),
		basis: m[`layer_${key}_basis`](),
		rate: m[`layer_${key}_rate`](),
		limits: m[`layer_${key}_limits`](),
		isLive: LIVE.includes(key),
	};
}
