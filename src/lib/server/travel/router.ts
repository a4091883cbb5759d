// The road router of the settings, when one is set.

import type { Config } from '../config.ts';
import { outboundOf } from '../outbound/from-settings.ts';
import type { Router } from './travel-times.ts';

export function routerOf(config: Config): Router | undefined {
	return config.OSRM_URL ? { url: config.OSRM_URL, outbound: outboundOf(config) } : undefined;
}
