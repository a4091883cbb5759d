// Which base map lies below the picture: the one that comes with the product, or the bureau's own.

/** `gcj02` base maps get converted points; the points themselves stay WGS 84. */
export type BaseDatum = 'wgs84' | 'gcj02';

export interface OwnBaseMap {
	kind: 'own';
	/** `style`: of the MapLibre style specification. `pmtiles`: one archive. `raster`: tiles, the lowest layer first. */
	from:
		{ as: 'style'; url: string } | { as: 'pmtiles'; url: string } | { as: 'raster'; tiles: string[]; maxZoom: number };
	/** 审图号, always shown; empty says that it is missing. */
	reviewNo: string;
	attribution: string;
	datum: BaseDatum;
}

export type BaseMap = { kind: 'bundled' } | OwnBaseMap;
