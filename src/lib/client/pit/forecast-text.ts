// When a point would reach its limit, in a sentence that does not pretend to know more than it does.

import type { Forecast } from '#lib/domain/pit/forecast.ts';
import { day } from '../words/format.ts';
import { m } from '../words/generated/messages.js';

const DAY_MS = 86_400_000;

export function forecastText(forecast: Forecast, now: Date): string {
	switch (forecast.kind) {
		case 'reached':
			return m.section_forecast_reached();
		case 'unknown':
			return m.section_forecast_unknown();
		case 'not-in-sight':
			return m.section_forecast_none();
		case 'crossing': {
			const on = (atMs: number) => day(new Date(atMs).toISOString()).slice(5);
			const days = Math.max(0, Math.round((forecast.atMs - now.getTime()) / DAY_MS));
			const earliest = on(forecast.earliestMs);
			return forecast.latestMs === null
				? m.section_forecast_open({ days, on: on(forecast.atMs), earliest })
				: m.section_forecast_between({ days, on: on(forecast.atMs), earliest, latest: on(forecast.latestMs) });
		}
	}
}
