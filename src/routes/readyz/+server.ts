import { authorize } from '#lib/domain/access/authorize.ts';
import { isLoopback } from '#lib/server/doors/host.ts';
import type { RequestHandler } from './$types';

/**
 * Whether readings are taken and stored. Why not, and on which database, is told to this machine and to whoever may
 * read the metrics; others on the network learn only yes or no.
 */
export const GET: RequestHandler = async ({ locals, getClientAddress }) => {
	const { ready, reasons, checks } = await locals.runtime.readiness();
	const { config, databases } = locals.runtime;
	const { tier, durability } = databases;
	const isTold = isLoopback(getClientAddress()) || authorize(locals.principal, 'metrics:read').ok;
	return Response.json(isTold ? { ready, reasons, tier, durability, role: config.ROLE, checks } : { ready }, {
		status: ready ? 200 : 503,
		headers: { 'cache-control': 'no-store', ...(!ready && { 'retry-after': '2' }) },
	});
};
