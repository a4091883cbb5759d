// The .prj beside a shapefile, read for its datum. It proposes; a person still names the datum.

import { definitionOf, type Datum } from './datum.ts';

/** @returns the datum a .prj describes, or undefined for systems that need parameters of their own (Beijing 1954, Xi'an 1980, local grids) */
export function datumOfPrj(wkt: string): Datum | undefined {
	const flat = wkt.replace(/\s+/g, ' ').trim();
	const named = /AUTHORITY\s*\[\s*"EPSG"\s*,\s*"?(\d{4,5})"?\s*\]\s*\]\s*$/i.exec(flat)?.[1];
	if (named !== undefined && definitionOf(Number(named))) return `EPSG:${Number(named)}`;

	const isCgcs = /China[_ ]?(?:Geodetic[_ ]Coordinate[_ ]System[_ ])?2000|CGCS[_ ]?2000/i.test(flat);
	const isWgs = /WGS[_ ]?(?:19)?84/i.test(flat);
	if (!isCgcs && !isWgs) return undefined;
	if (!/^PROJCS/i.test(flat)) return isCgcs ? 'cgcs2000' : 'wgs84';

	if (isCgcs) return gaussOf(flat);
	if (/Mercator_Auxiliary_Sphere|Pseudo[- _]Mercator|Web_Mercator/i.test(flat)) return 'EPSG:3857';
	const utm = /UTM[_ ]Zone[_ ](\d{1,2})([NS])/i.exec(flat);
	if (!utm) return undefined;
	return `EPSG:${(utm[2]!.toUpperCase() === 'N' ? 32600 : 32700) + Number(utm[1])}`;
}

/** What a .prj calls its system; null when it says nothing. */
export function nameOfPrj(wkt: string): string | null {
	const flat = wkt.replace(/\s+/g, ' ').trim();
	return /"([^"]{1,80})"/.exec(flat)?.[1] ?? (flat.slice(0, 80) || null);
}

/** CGCS2000 Gauss-Krüger by central meridian and false easting; 3-degree zones win where 6-degree ones share the meridian. */
function gaussOf(flat: string): Datum | undefined {
	const meridian = parameter(flat, 'Central_Meridian');
	const easting = parameter(flat, 'False_Easting');
	if (meridian === undefined || easting === undefined) return undefined;
	for (let code = 4554; code >= 4491; code--) {
		const definition = definitionOf(code);
		if (definition?.includes(`+lon_0=${meridian} `) && definition.includes(`+x_0=${easting} `)) return `EPSG:${code}`;
	}
	return undefined;
}

function parameter(flat: string, name: string): number | undefined {
	const value = new RegExp(`PARAMETER\\s*\\[\\s*"${name}"\\s*,\\s*([-+.\\deE]+)`, 'i').exec(flat)?.[1];
	return value === undefined ? undefined : Number(value);
}
