import { error, fail } from '@sveltejs/kit';
import type { LngLat } from '#lib/domain/geo.ts';
import { answerDuty } from '#lib/server/commands/draw-duty.ts';
import { Fault } from '#lib/server/errors.ts';
import { linkHash } from '#lib/server/flood/site-link.ts';
import { formBody } from '#lib/server/http/read-body.ts';
import { dutyByLink } from '#lib/server/repositories/duty-draw.ts';
import type { Actions, PageServerLoad } from './$types';

/** A random duty check, for whoever holds the link. */
export const load: PageServerLoad = async ({ locals: { db }, params, setHeaders }) => {
	setHeaders({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' });
	const check = await dutyByLink(db, linkHash(params.token));
	if (!check) error(404, { message: '链接无效或已失效 · This link is not known.', code: 'not-found' });
	return { ...check, isLate: check.result === 'open' && check.answerBy < new Date() };
};

export const actions: Actions = {
	default: async ({ request, params, locals: { runtime }, getClientAddress }) => {
		const form = await formBody(request);
		const byName = String(form.get('byName') ?? '').trim();
		if (byName === '' || byName.length > 40) return fail(422, { problem: 'name' as const });
		const [lng, lat] = [Number(form.get('lng') || NaN), Number(form.get('lat') || NaN)];
		const isPlace = Math.abs(lng) <= 180 && Math.abs(lat) <= 90;
		const at: LngLat | null = isPlace ? [lng, lat] : null;
		const file = form.get('photo');
		const photo = file instanceof File && file.size > 0 ? new Uint8Array(await file.arrayBuffer()) : null;
		try {
			const result = await answerDuty(runtime.databases.ingest, params.token, { byName, at }, photo, {
				address: getClientAddress(),
				now: new Date(),
			});
			if (!result.ok) return fail(409, { problem: result.reason });
			runtime.live.feed.announce(result.events);
			return { done: result.result, distanceM: result.distanceM };
		} catch (thrown) {
			if (thrown instanceof Fault) return fail(thrown.status, { problem: 'photo' as const });
			throw thrown;
		}
	},
};
