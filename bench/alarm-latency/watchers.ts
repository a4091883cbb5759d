// Those who watch, as a process of its own: browsers' sockets of the product and plain sockets of what stands beside
// it. Notes when each of them has each alarm in its handler.

import { io } from 'socket.io-client';
import { WebSocket } from 'ws';
import type { EventMessage } from '../../src/lib/contract/events.ts';

export interface Watch {
	port: number;
	rawPort: number;
	cookie: string;
	count: number;
}
/** By device or number of the raw message: when each watcher had it, ns of the machine's clock. */
export interface Arrived {
	alarms: Record<string, number[]>;
	raw: Record<string, number[]>;
	/** One alarm as it came, alone in its list, to send the same bytes beside it. */
	sample: string;
	connected: number;
}

const alarms = new Map<string, number[]>();
const raw = new Map<string, number[]>();
let sample = '';
let connected = 0;

const nowNs = (): number => Number(process.hrtime.bigint());
const note = (where: Map<string, number[]>, key: string): void => {
	const list = where.get(key);
	if (list) list.push(nowNs());
	else where.set(key, [nowNs()]);
};

process.on('message', (message: Watch | 'look') => {
	if (message === 'look')
		process.send!({ alarms: Object.fromEntries(alarms), raw: Object.fromEntries(raw), sample, connected });
	else void open(message).then(() => process.send!({ connected }));
});
process.send!({ ready: true });

async function open({ port, rawPort, cookie, count }: Watch): Promise<void> {
	const origin = `http://127.0.0.1:${port}`;
	for (let i = 0; i < count; i++) {
		const socket = io(origin, { transports: ['websocket'], forceNew: true, extraHeaders: { cookie, origin } });
		socket.on('connect', () => connected++);
		socket.on('events', (list: EventMessage[]) => {
			for (const event of list) {
				if (event.type !== 'alarm:raised') continue;
				note(alarms, String(event.data['deviceId']));
				sample ||= `42${JSON.stringify(['events', [event]])}`;
			}
		});
		const plain = new WebSocket(`ws://127.0.0.1:${rawPort}`);
		plain.on('open', () => connected++);
		plain.on('message', (data: Buffer) => {
			const text = data.toString();
			const key = /^#(\d+) /.exec(text)?.[1];
			if (key) note(raw, key);
		});
	}
	for (let i = 0; i < 600 && connected < 2 * count; i++) await new Promise((resolve) => setTimeout(resolve, 50));
}
