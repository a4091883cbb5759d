// Which base map lies below the picture, as the server's settings name it.

import type { BaseDatum, BaseMap } from '#lib/contract/base-map.ts';

export type { BaseDatum, BaseMap };

export function datumOf(base: BaseMap): BaseDatum {
	return base.kind === 'own' ? base.datum : 'wgs84';
}
