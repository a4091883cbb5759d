import type { RequestHandler } from './$types';

/** Whether readings are taken in and pages can be shown; 503 with the reasons when not. Names the database tier. */
export const GET: RequestHandler = async ({ locals: { runtime } }) => {
	const { ready, reasons } = await runtime.readiness();
	const { tier, durability } = runtime.databases;
	return Response.json(
		{ ready, reasons, tier, durability },
		{ status: ready ? 200 : 503, headers: { 'cache-control': 'no-store' } },
	);
};
