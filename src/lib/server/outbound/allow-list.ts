// Where the server may reach out to: host and port, from the settings only. An empty list reaches nothing.

import { BlockList, isIP, isIPv6 } from 'node:net';
import { classOfAddress } from './address-class.ts';

export interface Destination {
	/** Small letters, without brackets. */
	host: string;
	port: number;
	/** Private addresses the name may stand for: a network, or `any`. Undefined: public addresses only. */
	privateNet?: BlockList | 'any';
}

const PORTS: Readonly<Record<string, number>> = {
	'http:': 80,
	'https:': 443,
	'ws:': 80,
	'wss:': 443,
	'mqtt:': 1883,
	'mqtts:': 8883,
	'redis:': 6379,
	'rediss:': 6379,
};

/** Host and port of an address; undefined for a protocol nobody here speaks, or with a name and password inside. */
export function hostAndPort(url: URL): { host: string; port: number } | undefined {
	const usual = PORTS[url.protocol];
	if (usual === undefined || url.hostname === '') return undefined;
	return { host: bare(url.hostname), port: url.port === '' ? usual : Number(url.port) };
}

/**
 * Reads `OUTBOUND_ALLOW`: entries by commas, each `host:port` (public addresses only) or `host:port@network` (also the
 * private addresses of that network, as `10.20.0.0/16`; a private address itself needs no network behind it).
 *
 * @throws Error that names the wrong entry
 */
export function parseAllowList(text: string): Destination[] {
	return text
		.split(/[,\s]+/)
		.filter((entry) => entry !== '')
		.map(parseEntry);
}

function parseEntry(entry: string): Destination {
	const match = entry.match(/^(\[[0-9a-f:.]+\]|[a-z0-9.-]+):(\d{1,5})(?:@([0-9a-f:.]+)\/(\d{1,3}))?$/i);
	const port = Number(match?.[2]);
	if (!match?.[1] || !(port >= 1 && port <= 65535))
		throw new Error(`${entry}: must be like host:port or host:port@10.20.0.0/16`);
	const host = bare(match[1]);
	const [, , , net, prefix] = match;
	if (net !== undefined) return { host, port, privateNet: network(entry, net, Number(prefix)) };
	return isIP(host) ? { host, port, privateNet: 'any' } : { host, port };
}

function network(entry: string, net: string, prefix: number): BlockList {
	const list = new BlockList();
	try {
		list.addSubnet(net, prefix, isIPv6(net) ? 'ipv6' : 'ipv4');
	} catch {
		throw new Error(`${entry}: “${net}/${prefix}” is no network`);
	}
	return list;
}

/**
 * Destinations that stand in settings of their own (an identity provider, a broker). Whoever writes the settings means
 * that very host, wherever the office network puts it.
 */
export function named(addresses: readonly string[]): Destination[] {
	return addresses.flatMap((address) => {
		const found = URL.canParse(address) ? hostAndPort(new URL(address)) : undefined;
		return found ? [{ ...found, privateNet: 'any' as const }] : [];
	});
}

export function destinationOf(list: readonly Destination[], url: URL): Destination | undefined {
	const asked = hostAndPort(url);
	return asked && list.find(({ host, port }) => host === asked.host && port === asked.port);
}

/** Whether a destination may be reached at an address its name was resolved to. */
export function mayReach({ privateNet }: Destination, address: string): boolean {
	const kind = classOfAddress(address);
	if (kind !== 'private') return kind === 'public';
	if (privateNet === undefined) return false;
	return privateNet === 'any' || privateNet.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');
}

function bare(hostname: string): string {
	return hostname
		.replace(/^\[|\]$/g, '')
		.toLowerCase()
		.replace(/\.$/, '');
}
