// The picture as rows, for programs that read JSON: the same objects, with names and in units.

import { levelOfCode, type Level } from '#lib/domain/level.ts';
import { NO_VALUE, OBJECT_KINDS, type ObjectKind, type PictureColumns } from '#lib/domain/picture/columns.ts';
import type { LiveObject } from './live-device.ts';

export interface PictureObject {
	no: number;
	id: string;
	kind: ObjectKind;
	name: string;
	siteId: string;
	level: Level;
	at: [number, number];
	slewDeg: number | null;
	/** Percent of the rated load moment or load; of the designer's value for a pit point. */
	loadPercent: number | null;
	windMs: number | null;
	/** Seconds since the last reading; null when it never reported. */
	ageS: number | null;
}

export interface PictureBody {
	cursor: number;
	takenAt: string;
	objects: PictureObject[];
}

export function pictureJson(picture: PictureColumns, byNo: ReadonlyMap<number, LiveObject>): PictureBody {
	const tenths = (value: number) => (value === NO_VALUE ? null : value / 10);
	return {
		cursor: picture.cursor,
		takenAt: new Date(picture.takenAt).toISOString(),
		objects: Array.from({ length: picture.count }, (_, i) => {
			const { no, id, name, siteId, at } = byNo.get(picture.no[i]!)!;
			const age = picture.age[i]!;
			return {
				...{ no, id, kind: OBJECT_KINDS[picture.kind[i]!]!, name, siteId, level: levelOfCode(picture.level[i]!), at },
				...{ slewDeg: tenths(picture.slew[i]!), loadPercent: tenths(picture.load[i]!) },
				...{ windMs: tenths(picture.wind[i]!), ageS: age === NO_VALUE ? null : age },
			};
		}),
	};
}
