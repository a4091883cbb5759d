// Degrees to metres and back around one point: good to a few metres per 50 km, enough to draw with.

export function planeAt([lng0, lat0]) {
	const [perLng, perLat] = [111320 * Math.cos((lat0 * Math.PI) / 180), 110900];
	return {
		toXy: ([lng, lat]) => [(lng - lng0) * perLng, (lat - lat0) * perLat],
		toLngLat: ([x, y]) => [lng0 + x / perLng, lat0 + y / perLat],
	};
}
