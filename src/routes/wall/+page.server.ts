import { baseMapOf } from '#lib/server/basemap/own-base.ts';
import type { PageServerLoad } from './$types';

export const load: PageServerLoad = ({ locals: { runtime } }) => ({
	base: baseMapOf(runtime.config),
	district: runtime.config.DISTRICT,
});
