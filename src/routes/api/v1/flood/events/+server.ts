import { listEvents } from '#lib/server/repositories/flood-response.ts';
import type { RequestHandler } from './$types';

/** Flood events, newest first. */
export const GET: RequestHandler = async ({ locals }) => Response.json({ events: await listEvents(locals.db) });
