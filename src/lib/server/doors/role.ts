// Keeps each process to its part: one that takes readings in serves no pages, one that serves pages takes no readings.
// A proxy in front sends each request to the right one; what comes to the wrong one is told so, not lost.

import type { Config } from '../config.ts';
import { Fault } from '../errors.ts';
import type { FrontHandler } from '../process.ts';
import { answer } from './front.ts';

const TELEMETRY = '/api/v1/telemetry';
/** What every process answers: how it is. */
const OWN = new Set(['/healthz', '/livez', '/readyz', '/metrics']);

export function roleHandler(role: Config['ROLE']): FrontHandler {
	return (request, response) => {
		const path = (request.url ?? '/').split('?')[0]!;
		if (role === 'both' || OWN.has(path)) return false;
		const isTelemetry = path === TELEMETRY;
		if (isTelemetry === (role === 'ingest')) return false;
		const where = isTelemetry
			? '此进程不接收读数，请发往 ROLE=ingest 的进程 · This process takes no readings; send them to one with ROLE=ingest.'
			: '此进程不提供页面，请访问 ROLE=web 的进程 · This process serves no pages; ask one with ROLE=web.';
		void answer(response, new Fault('not-found', path, where));
		return true;
	};
}
