// A network that can be broken: stands between a client and a server, cuts connections or swallows what they say.

import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

export interface FaultProxy {
	/** The target's address, through the proxy. */
	url: string;
	/** Ends every connection. */
	cut(): void;
	/** Takes bytes and passes none on, as a network that drops them. */
	silent(is: boolean): void;
	close(): void;
}

/** @param target - `postgres://…`, `mqtt://…`, `redis://…`, `http://…` with its port */
export async function openFaultProxy(target: URL): Promise<FaultProxy> {
	const sockets = new Set<Socket>();
	let isSilent = false;
	const server: Server = createServer((client) => {
		const upstream = connect(Number(target.port || 5432), target.hostname);
		for (const [from, to] of [
			[client, upstream],
			[upstream, client],
		] as const) {
			sockets.add(from);
			from.on('data', (chunk) => void (isSilent || to.write(chunk)));
			from.on('error', () => undefined);
			from.on('close', () => {
				sockets.delete(from);
				to.destroy();
			});
		}
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const address = new URL(target);
	address.hostname = '127.0.0.1';
	address.port = String((server.address() as AddressInfo).port);
	return {
		url: address.href,
		cut: () => sockets.forEach((socket) => socket.destroy()),
		silent: (is) => void (isSilent = is),
		close: () => {
			sockets.forEach((socket) => socket.destroy());
			server.close();
		},
	};
}
