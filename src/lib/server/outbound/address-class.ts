// What kind of network an address lies in. Decides which addresses the server may be led to by a name.

import { BlockList, isIP, isIPv6 } from 'node:net';

/**
 * - `public`: anywhere
 * - `private`: an office network; loopback is one too
 * - `never`: addresses no upstream lives at: link-local (cloud metadata, neighbours), multicast, unspecified, reserved
 */
export type AddressClass = 'public' | 'private' | 'never';

const NEVER = listOf(
	['0.0.0.0', 8, 'ipv4'],
	['169.254.0.0', 16, 'ipv4'],
	['192.0.0.0', 24, 'ipv4'],
	['192.0.2.0', 24, 'ipv4'],
	['198.51.100.0', 24, 'ipv4'],
	['203.0.113.0', 24, 'ipv4'],
	['224.0.0.0', 3, 'ipv4'],
	['::', 128, 'ipv6'],
	['fe80::', 10, 'ipv6'],
	['fec0::', 10, 'ipv6'],
	['ff00::', 8, 'ipv6'],
	['2001:db8::', 32, 'ipv6'],
	// Addresses that carry an IPv4 address in another dress: 6to4, NAT64, Teredo.
	['2002::', 16, 'ipv6'],
	['64:ff9b::', 96, 'ipv6'],
	['2001::', 32, 'ipv6'],
	// Metadata of a cloud whose service stands inside its private range.
	['100.100.100.200', 32, 'ipv4'],
	['fd00:ec2::254', 128, 'ipv6'],
);

const PRIVATE = listOf(
	['10.0.0.0', 8, 'ipv4'],
	['100.64.0.0', 10, 'ipv4'],
	['127.0.0.0', 8, 'ipv4'],
	['172.16.0.0', 12, 'ipv4'],
	['192.168.0.0', 16, 'ipv4'],
	['198.18.0.0', 15, 'ipv4'],
	['::1', 128, 'ipv6'],
	['fc00::', 7, 'ipv6'],
);

/** @param address - IPv4 or IPv6 as text; anything else is `never` */
export function classOfAddress(address: string): AddressClass {
	if (isIP(address) === 0) return 'never';
	// `::ffff:10.0.0.1` is 10.0.0.1; BlockList compares it as such.
	const family = isIPv6(address) ? 'ipv6' : 'ipv4';
	if (NEVER.check(address, family)) return 'never';
	return PRIVATE.check(address, family) ? 'private' : 'public';
}

function listOf(...nets: readonly (readonly [net: string, prefix: number, family: 'ipv4' | 'ipv6'])[]): BlockList {
	const list = new BlockList();
	for (const [net, prefix, family] of nets) list.addSubnet(net, prefix, family);
	return list;
}
