// Which base map lies below: the one that comes with the product, or the bureau's own (Tianditu, PMTiles, any style).

/** `gcj02` base maps get converted points; the points themselves stay WGS 84. */
export type BaseDatum = 'wgs84' | 'gcj02';

export type BaseMap =
	| { kind: 'bundled' }
	| {
			kind: 'own';
			/** Address of a style of the MapLibre style specification. */
			styleUrl: string;
			/** 审图号, always shown. */
			reviewNo: string;
			attribution: string;
			datum: BaseDatum;
	  };

export function datumOf(base: BaseMap): BaseDatum {
	return base.kind === 'own' ? base.datum : 'wgs84';
}
