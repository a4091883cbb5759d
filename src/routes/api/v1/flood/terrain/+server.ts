import * as v from 'valibot';
import { TerrainEntry } from '#lib/contract/flood-source.ts';
import { takeTerrain } from '#lib/server/commands/take-terrain.ts';
import { Fault } from '#lib/server/errors.ts';
import { callerOf, refusal } from '#lib/server/http/caller.ts';
import { fileBody } from '#lib/server/http/read-body.ts';
import { terrains } from '#lib/server/repositories/terrain.ts';
import type { RequestHandler } from './$types';

/** Terrain models that are kept, newest first. */
export const GET: RequestHandler = async ({ locals: { db } }) => Response.json({ terrains: await terrains(db) });

/** A GeoTIFF as `file` of a form, with `name` and the `datum` of its heights beside it. */
export const POST: RequestHandler = async (event) => {
	const { name, bytes, fields } = await fileBody(event.request);
	const entry = v.safeParse(TerrainEntry, { name: fields.name || name, datum: fields.datum });
	if (!entry.success)
		throw new Fault('bad-input', 'terrain', '须注明名称与高程基准 · Name and height datum must be given.');
	const result = await takeTerrain(event.locals.runtime.databases.ingest, callerOf(event), bytes, entry.output);
	if (!result.ok) throw refusal(result.reason, 'terrain');
	return Response.json({ id: result.id }, { status: 201 });
};
