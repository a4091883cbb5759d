// The way out as the settings allow it. A setting that names another machine is one line here.

import type { Config } from '../config.ts';
import { named, parseAllowList } from './allow-list.ts';
import { createOutbound, type Outbound } from './outbound.ts';

/** Settings whose value is the address of another machine; that host and port may be reached without a further entry. */
export const REACHING_OUT = [
	'OIDC_ISSUER',
	'ZZD_BASE',
	'OSRM_URL',
	'ALARM_WEBHOOK_URL',
] as const satisfies readonly (keyof Config)[];

export function outboundOf(config: Pick<Config, 'OUTBOUND_ALLOW' | (typeof REACHING_OUT)[number]>): Outbound {
	return createOutbound([...parseAllowList(config.OUTBOUND_ALLOW), ...named(REACHING_OUT.map((name) => config[name]))]);
}
