import { adminPages } from '#lib/server/auth/home.ts';
import type { LayoutServerLoad } from './$types';

/** The pages of administration this person may open. */
export const load: LayoutServerLoad = ({ locals }) => ({ adminPages: adminPages(locals.principal) });
