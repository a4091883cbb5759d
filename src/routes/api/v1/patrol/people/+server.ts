import { peopleView } from '#lib/server/planning/people-view.ts';
import type { RequestHandler } from './$types';

/** Officers, places to start from, load of the rolling month. */
export const GET: RequestHandler = async ({ locals }) => Response.json(await peopleView(locals.db, new Date()));
