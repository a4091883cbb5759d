import { VALUE_NAME } from '#lib/contract/telemetry.ts';
import { Fault } from '#lib/server/errors.ts';
import { deviceCurve } from '#lib/server/ingest/device-sheet.ts';
import { deviceRow } from '#lib/server/repositories/device.ts';
import type { RequestHandler } from './$types';

const LONGEST_MS = 400 * 86_400_000;

/** `?quantity=windMs&from=…&to=…`, ISO 8601; the last hour without them. */
export const GET: RequestHandler = async ({ locals, params: { id }, url }) => {
	const now = new Date();
	const quantity = url.searchParams.get('quantity') ?? '';
	const to = new Date(url.searchParams.get('to') ?? now);
	const from = new Date(url.searchParams.get('from') ?? to.getTime() - 3_600_000);
	const spanMs = to.getTime() - from.getTime();
	if (!VALUE_NAME.test(quantity) || !(spanMs > 0 && spanMs <= LONGEST_MS))
		throw new Fault(
			'bad-input',
			'curve',
			'需要 quantity 和不超过 400 天的 from、to · Expected quantity, and from and to within 400 days.',
		);
	const row = await deviceRow(locals.scopedDb, locals.scope, id);
	if (!row) throw new Fault('not-found', `device ${id}`, '没有这台设备 · No such device.');
	const { tier, heavy } = locals.runtime.databases;
	const curve = await heavy(locals.scope, 'lately', (db) => deviceCurve(db, tier, row.no, { quantity, from, to }, now));
	return Response.json(curve);
};
