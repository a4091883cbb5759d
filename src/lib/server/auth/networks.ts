// Networks a key may be used from: `10.20.0.0/16`, or a single address.

import type { IncomingMessage } from 'node:http';
import { BlockList, isIP, isIPv6 } from 'node:net';

/** The entries that are no networks. */
export function wrongNetworks(entries: readonly string[]): string[] {
	return entries.filter((entry) => parsed(entry) === undefined);
}

/** Whether an address lies in one of the networks; without a list every address does, without an address none. */
export function isFrom(networks: readonly string[] | null | undefined, address: string | null): boolean {
	if (!networks) return true;
	if (address === null || isIP(address) === 0) return false;
	const list = new BlockList();
	for (const entry of networks) {
		const found = parsed(entry);
		if (found) list.addSubnet(found.net, found.prefix, found.family);
	}
	return list.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');
}

function parsed(entry: string): { net: string; prefix: number; family: 'ipv4' | 'ipv6' } | undefined {
	const [net = '', bits, ...rest] = entry.split('/');
	const version = isIP(net);
	if (version === 0 || rest.length > 0) return undefined;
	const most = version === 6 ? 128 : 32;
	const prefix = bits === undefined ? most : /^\d{1,3}$/.test(bits) ? Number(bits) : NaN;
	return prefix >= 0 && prefix <= most ? { net, prefix, family: version === 6 ? 'ipv6' : 'ipv4' } : undefined;
}

/** Where a connection comes from, as the system says it: headers that name another address are not believed. */
export function addressOf(request: IncomingMessage): string | null {
	return request.socket.remoteAddress?.replace(/^::ffff:/, '') ?? null;
}
