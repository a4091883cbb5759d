// What stands beside the alarms: one row committed, then the same bytes to every socket of a plain `ws` server.

import { WebSocket, WebSocketServer } from 'ws';
import pg from 'pg';

const client = new pg.Client({ connectionString: process.env.DATABASE_URL });
await client.connect();
await client.query('create table if not exists bench_raw (id bigserial primary key, body text not null)');

const server = new WebSocketServer({ port: Number(process.env.RAW_PORT), host: '127.0.0.1', perMessageDeflate: false });
const fanOut = (body: string): void => {
	for (const socket of server.clients) if (socket.readyState === WebSocket.OPEN) socket.send(body);
};
server.on('connection', (socket) =>
	socket.on('message', (data: Buffer) => {
		const body = data.toString();
		void client
			.query({ name: 'raw', text: 'insert into bench_raw (body) values ($1)', values: [body] })
			.then(() => fanOut(body));
	}),
);
server.on('listening', () => process.send!({ ready: true }));

/** Sends the same bytes again and again without the database, and tells what that cost. */
process.on('message', ({ fan, body }: { fan: number; body: string }) => {
	const before = process.cpuUsage();
	let left = fan;
	const step = (): void => {
		fanOut(body);
		if (--left > 0) return void setTimeout(step, 2);
		setTimeout(() => {
			const { user, system } = process.cpuUsage(before);
			process.send!({ cpuMs: (user + system) / 1000 });
		}, 500);
	};
	step();
});
