// The icon of every kind of object, for lists and search.

import type { ObjectKind } from '#lib/domain/picture/columns.ts';
import type { IconName } from '../ui/icons.ts';

const ICON: Record<ObjectKind, IconName> = {
	site: 'site',
	towerCrane: 'crane',
	hoist: 'hoist',
	materialHoist: 'hoist',
	mobileCrane: 'crane',
	gantryCrane: 'crane',
	pit: 'pit',
	monitorPoint: 'point',
	highFormwork: 'formwork',
	climbingScaffold: 'scaffold',
	device: 'point',
};

export const kindIcon = (kind: ObjectKind | 'town' | 'grid'): IconName =>
	kind === 'town' || kind === 'grid' ? kind : ICON[kind];
