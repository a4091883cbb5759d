// What a person is shown of the changes: the first of them in words, and where they lie.

import type { Feature, FeatureCollection } from 'geojson';
import type { Value } from '#lib/domain/import/field.ts';
import type { Change } from '#lib/domain/import/register.ts';
import type { PreviewRow } from '#lib/contract/import.ts';

const ROWS_SHOWN = 200;
const FEATURES_SHOWN = 5_000;
const CORNERS_SHOWN = 50_000;

/** @param nameOf - what a site, pit, grid or town is called, by its id or code */
export function previewOf(changes: readonly Change[], nameOf: (id: string) => string | undefined): PreviewRow[] {
	return changes.slice(0, ROWS_SHOWN).map(({ row, change, key, name, changes: fields }) => ({
		row,
		change,
		key,
		name,
		changes: fields.map(({ field, from, to }) => ({ field, from: shown(from, nameOf), to: shown(to, nameOf) })),
	}));
}

export function mapOf(changes: readonly Change[]): { collection: FeatureCollection; isComplete: boolean } {
	const features: Feature[] = [];
	let corners = 0;
	for (const { row, change, name, shape } of changes) {
		if (shape === null) continue;
		corners += shape.type === 'Point' ? 1 : shape.coordinates.flat(2).length;
		if (features.length === FEATURES_SHOWN || corners > CORNERS_SHOWN) {
			return { collection: { type: 'FeatureCollection', features }, isComplete: false };
		}
		features.push({ type: 'Feature', properties: { change, row, name }, geometry: shape });
	}
	return { collection: { type: 'FeatureCollection', features }, isComplete: true };
}

function shown(value: Value, nameOf: (id: string) => string | undefined): string {
	if (value === null) return '';
	if (typeof value === 'string') return nameOf(value) ?? value;
	if (typeof value !== 'object') return String(value);
	return value.type === 'Point' ? value.coordinates.join(', ') : `${value.coordinates.flat(2).length} corners`;
}
