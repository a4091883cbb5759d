// Inside the sandbox: reads the file and checks it. Knows neither database nor settings; what it may use of memory and
// time is limited by whoever started it.

import { parentPort } from 'node:worker_threads';
import { Fault } from '../../errors.ts';
import type { Order, Reply } from './protocol.ts';
import { createDesk } from './desk.ts';

const port = parentPort;
if (!port) throw new Error('The sandbox runs as a thread of the program.');
const desk = createDesk();

port.on('message', (order: Order) => {
	void answer(order).then((reply) => port.postMessage(reply));
});

async function answer(order: Order): Promise<Reply> {
	try {
		return { ok: true, answer: await desk(order) };
	} catch (error) {
		if (error instanceof Fault) {
			const { code, subject, message, details } = error;
			return { ok: false, fault: { code, subject, message, ...(details ? { details } : {}) } };
		}
		return { ok: false, bug: error instanceof Error ? (error.stack ?? error.message) : String(error) };
	}
}
