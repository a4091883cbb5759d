// The unit behind the name of a quantity, for the screen.

import type { Quantity } from '#lib/contract/telemetry.ts';

const UNIT: Record<Quantity, string> = {
	momentPercent: '%',
	loadT: 't',
	radiusM: 'm',
	hookHeightM: 'm',
	slewDeg: '°',
	windMs: 'm/s',
	tiltDeg: '°',
	loadPercent: '%',
	persons: '',
	cumulativeMm: 'mm',
	levelM: 'm',
	forceKn: 'kN',
	pm10: 'µg/m³',
	noiseDb: 'dB',
	pm25: 'µg/m³',
	tsp: 'µg/m³',
	temperatureC: '°C',
	humidityPercent: '%',
};
/** Of what vendors send beside them. */
const MORE: Readonly<Record<string, string>> = {
	...{ ratedLoadT: 't', tiltXDeg: '°', tiltYDeg: '°', speedMs: 'm/s', heightM: 'm', mastHeightM: 'm', windDeg: '°' },
	...{ batteryPercent: '%', pressureKpa: 'kPa', frequencyHz: 'Hz', currentA: 'A', voltageV: 'V', altitudeM: 'm' },
	...{ longitude: '°', latitude: '°', speedKmh: 'km/h', courseDeg: '°', mileageKm: 'km', fuelL: 'L' },
	...{ recorderSpeedKmh: 'km/h', personsPercent: '%' },
};

/** Also of a part of it: `pm10-Avg`. */
export function unitOf(quantity: string): string {
	const name = quantity.replace(/-(Min|Max|Avg|Cou)$/, '');
	return (UNIT as Record<string, string>)[name] ?? MORE[name] ?? '';
}
