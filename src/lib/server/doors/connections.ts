// How long a request may take to arrive, and how many connections one address may hold.

import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { doorRules } from '#db/rules/access.ts';
import { noteRefusal } from './refusals.ts';

const ms = (rule: { value: number }) => rule.value * 1000;

export function limitConnections(server: Server, rules = doorRules): void {
	server.headersTimeout = ms(rules.headersWithin);
	server.requestTimeout = ms(rules.requestWithin);
	server.keepAliveTimeout = ms(rules.keepAlive);
	server.maxConnections = rules.connections.value;

	const open = new Map<string, number>();
	server.on('connection', (socket: Socket) => {
		const address = socket.remoteAddress ?? '';
		const count = (open.get(address) ?? 0) + 1;
		if (count > rules.connectionsPerAddress.value) {
			noteRefusal('connection', 'too-many');
			socket.destroy();
			return;
		}
		open.set(address, count);
		socket.once('close', () => {
			const left = (open.get(address) ?? 1) - 1;
			if (left > 0) open.set(address, left);
			else open.delete(address);
		});
	});
}
