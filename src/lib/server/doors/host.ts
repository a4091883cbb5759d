// Which names this server answers to. A page elsewhere can make its own name point at our address (DNS rebinding) and
// would then be “same origin” with us; it cannot make the browser send another Host header.

import { hostname, networkInterfaces } from 'node:os';
import type { Config } from '../config.ts';

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];
const EVERYWHERE = ['0.0.0.0', '::', '[::]'];

export function isLoopback(host: string): boolean {
	return LOOPBACK.includes(bracketed(host)) || /^(::ffff:)?127\.\d+\.\d+\.\d+$/.test(host);
}

/** Host names without port: loopback, HOST, ORIGIN; listening everywhere also the machine's own name and addresses. */
export function allowedHosts(
	{ HOST, ORIGIN }: Pick<Config, 'HOST' | 'ORIGIN'>,
	machine: { name: string; addresses: readonly string[] } = thisMachine(),
): ReadonlySet<string> {
	const hosts = new Set(LOOPBACK);
	if (ORIGIN) hosts.add(new URL(ORIGIN).hostname.toLowerCase());
	if (!EVERYWHERE.includes(HOST)) hosts.add(bracketed(HOST).toLowerCase());
	else for (const name of [machine.name, ...machine.addresses]) hosts.add(bracketed(name).toLowerCase());
	return hosts;
}

/** Whether a `Host` header (`name`, `name:port`, `[v6]:port`) names this server. */
export function isAllowedHost(hosts: ReadonlySet<string>, header: string | undefined): boolean {
	const host = header?.match(/^(\[[0-9a-f:.]+\]|[^:[\]\s/@]+)(?::\d{1,5})?$/i)?.[1];
	return host !== undefined && hosts.has(host.toLowerCase());
}

function thisMachine(): { name: string; addresses: string[] } {
	const addresses = Object.values(networkInterfaces()).flatMap((list) => (list ?? []).map(({ address }) => address));
	return { name: hostname(), addresses };
}

function bracketed(host: string): string {
	return host.includes(':') && !host.startsWith('[') ? `[${host}]` : host;
}
