// The address people open.

import type { Config } from './config.ts';

/** ORIGIN, or where the server listens; one that listens everywhere is named by its loopback address. */
export function publicAddress({ HOST, PORT, ORIGIN }: Pick<Config, 'HOST' | 'PORT' | 'ORIGIN'>): string {
	if (ORIGIN) return ORIGIN;
	if (HOST === '0.0.0.0' || HOST === '::') return `http://127.0.0.1:${PORT}`;
	return `http://${HOST.includes(':') ? `[${HOST}]` : HOST}:${PORT}`;
}
