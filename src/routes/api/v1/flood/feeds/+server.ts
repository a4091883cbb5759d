import { feeds } from '#lib/server/repositories/weather-feed.ts';
import type { RequestHandler } from './$types';

/** Polled feeds, and what came of each last. */
export const GET: RequestHandler = async ({ locals: { db } }) => Response.json({ feeds: await feeds(db, new Date()) });
