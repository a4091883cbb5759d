// A photo on its way in: bytes as the body, what belongs to it in the address.

import * as v from 'valibot';
import type { Photo } from '../commands/keep-photo.ts';
import { Fault } from '../errors.ts';

const Uuid = v.pipe(v.string(), v.uuid());
const Coordinate = v.pipe(v.string(), v.transform(Number), v.finite());
const Query = v.object({
	id: Uuid,
	stop: v.optional(Uuid),
	hazard: v.optional(Uuid),
	taken: v.pipe(v.string(), v.isoTimestamp()),
	sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
	lng: v.optional(v.pipe(Coordinate, v.minValue(-180), v.maxValue(180))),
	lat: v.optional(v.pipe(Coordinate, v.minValue(-90), v.maxValue(90))),
	accuracy: v.optional(v.pipe(Coordinate, v.minValue(0))),
});

/** @throws Fault `bad-input` that names the wrong parameter */
export async function readPhoto(request: Request, url: URL): Promise<Photo> {
	const result = v.safeParse(Query, Object.fromEntries(url.searchParams));
	if (!result.success) {
		const wrong = result.issues.map((issue) => v.getDotPath(issue)).join('、');
		throw new Fault(
			'bad-input',
			'photo',
			`照片参数有误：${wrong} · These parameters of the photo are wrong: ${wrong}.`,
		);
	}
	const { id, stop, hazard, taken, sha256, lng, lat, accuracy } = result.output;
	return {
		id,
		stopId: stop ?? null,
		hazardId: hazard ?? null,
		takenAt: new Date(taken),
		at: lng !== undefined && lat !== undefined ? [lng, lat] : null,
		accuracyM: accuracy ?? null,
		sha256,
		content: new Uint8Array(await request.arrayBuffer()),
	};
}
