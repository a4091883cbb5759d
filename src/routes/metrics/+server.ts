import type { RequestHandler } from './$types';

/** What the program counts, for Prometheus. */
export const GET: RequestHandler = async ({ locals: { runtime } }) =>
	new Response(await runtime.metrics.metrics(), { headers: { 'content-type': runtime.metrics.contentType } });
