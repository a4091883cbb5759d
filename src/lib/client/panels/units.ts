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

export const unitOf = (quantity: string): string => (UNIT as Record<string, string>)[quantity] ?? '';
