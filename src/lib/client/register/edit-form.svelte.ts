// The state of a form of the register: what stood there, what a person has made of it, and the edit that follows.

import type { MultiPolygon, Point } from 'geojson';
import type { EditKind, RegisterEdit, RegisterEntry, SideEdit } from '#lib/contract/register.ts';
import { fromWgs84, readDatum, toWgs84, type Datum } from '#lib/domain/import/datum.ts';
import { fieldsOf } from '#lib/domain/import/fields.ts';
import type { Field } from '#lib/domain/import/field.ts';
import { around, readOutline, toWkt } from '#lib/domain/register/read-outline.ts';
import { sidesOfOutline } from '#lib/domain/register/pit-sides.ts';
import type { Sketch } from '../map/sketch.svelte.ts';
import type { EditOrder } from './editor.svelte.ts';

type LngLat = [number, number];
type Side = Omit<SideEdit, 'line'> & { line: LngLat[] };

/** Asked for apart from the others: where it is, and what the form knows already. */
const APART = ['longitude', 'latitude', 'boundary', 'sitePermitNo', 'siteName', 'pitName'];
/** Begins anew where a machine is put up again. */
const OF_INSTALLATION = [
	'useRegistrationNo',
	'siteNo',
	'jibRadiusM',
	'counterJibM',
	'heightM',
	'installedOn',
	'removedOn',
];

export class EditForm {
	readonly kind: EditKind;
	readonly fields: readonly Field[];
	readonly hasPoint: boolean;
	readonly hasOutline: boolean;
	values = $state<Record<string, string>>({});
	datum = $state('wgs84');
	/** As written, in the datum named. */
	lng = $state('');
	lat = $state('');
	/** Outline as written, in the datum named. */
	outline = $state('');
	sides = $state.raw<readonly Side[]>([]);
	siteId = $state<string | undefined>();
	hasChangedSides = $state(false);
	#order: EditOrder;
	#entry: RegisterEntry | null;
	#start: Record<string, string>;
	#isPlaceTouched = $state(false);
	#isOutlineTouched = $state(false);

	constructor(order: EditOrder, entry: RegisterEntry | null, today: string) {
		this.kind = order.kind;
		this.#order = order;
		this.#entry = entry;
		this.siteId = order.isMove ? undefined : order.siteId;
		const all = fieldsOf(order.kind).filter(({ key }) => !APART.includes(key));
		this.fields = order.isMove ? all.filter(({ key }) => OF_INSTALLATION.includes(key) && key !== 'removedOn') : all;
		this.hasPoint = order.kind !== 'pits';
		this.hasOutline = order.kind === 'sites' || order.kind === 'pits';
		const told = entry?.values ?? {};
		this.#start = Object.fromEntries(this.fields.map(({ key }) => [key, text(told[key])]));
		this.values = { ...this.#start };
		if (order.isMove) Object.assign(this.values, { installedOn: today, useRegistrationNo: '' });
		if (!entry && order.kind === 'sites') this.values.state = 'active';
		const at = (told.location as Point | undefined)?.coordinates as LngLat | undefined;
		if (at && !order.isMove) [this.lng, this.lat] = at.map(String) as [string, string];
		const shape = told.boundary as MultiPolygon | null | undefined;
		if (shape) this.outline = toWkt(shape);
		this.sides = (entry?.sides ?? []).map((side) => ({ ...side, line: side.line as LngLat[] }));
	}

	/** Shows on the map what the form says. */
	show(sketch: Sketch): void {
		const at = this.#written();
		sketch.point = at ? this.#convert()(at) : null;
		const shape = readOutline(this.outline);
		const rings = shape?.coordinates.map(([shell]) =>
			(shell ?? []).slice(0, -1).map((corner) => this.#convert()(corner)),
		);
		sketch.corners = rings?.[0] ?? [];
		sketch.others = rings?.slice(1) ?? [];
	}

	/** Takes a position picked on the map into the form, in its datum. */
	takePoint(at: LngLat): void {
		[this.lng, this.lat] = this.#back()(at).map(String) as [string, string];
		this.#isPlaceTouched = true;
	}

	takeOutline(corners: readonly LngLat[]): void {
		this.outline = toWkt(around(corners.map((corner) => this.#back()(corner))));
		this.#isOutlineTouched = true;
		this.proposeSides();
	}

	/** A person typed it. */
	typed(what: 'place' | 'outline'): void {
		if (what === 'place') this.#isPlaceTouched = true;
		else this.#isOutlineTouched = true;
	}

	/** Another datum: what came from map or register is told anew, what a person typed is of that datum from now on. */
	setDatum(next: string): void {
		const [from, to] = [this.#datum(), readDatum(next)];
		if (from && to && !this.#isPlaceTouched) {
			const at = this.#written();
			if (at) [this.lng, this.lat] = fromWgs84(to)(toWgs84(from)(at)).map(String) as [string, string];
		}
		if (from && to && !this.#isOutlineTouched) {
			const shape = readOutline(this.outline);
			const tell = (corner: number[]) => fromWgs84(to)(toWgs84(from)(corner));
			if (shape)
				this.outline = toWkt({
					...shape,
					coordinates: shape.coordinates.map((rings) => rings.map((ring) => ring.map(tell))),
				});
		}
		this.datum = next;
	}

	get isOutlineReadable(): boolean {
		return this.outline.trim() === '' || readOutline(this.outline) !== undefined;
	}

	/** Sides by the corners of the outline; grade and support of a side of the same name stay. */
	proposeSides(): void {
		const ring = readOutline(this.outline)?.coordinates[0]?.[0];
		if (this.kind !== 'pits' || !ring) return;
		this.sides = sidesOfOutline(ring).map(({ name, line }) => {
			const known = this.sides.find((side) => side.name === name);
			const corners = line.map((corner) => this.#convert()(corner));
			return { name, grade: known?.grade ?? null, support: known?.support ?? null, line: corners };
		});
		this.hasChangedSides = true;
	}

	setSide(name: string, change: Partial<Pick<Side, 'grade' | 'support'>>): void {
		this.sides = this.sides.map((side) => (side.name === name ? { ...side, ...change } : side));
		this.hasChangedSides = true;
	}

	/** The change to send: everything for something new, what differs for something old. */
	edit(): RegisterEdit {
		const { id, isMove = false, pitId } = this.#order;
		const values: RegisterEdit['values'] = {};
		for (const { key } of this.fields) {
			const now = (this.values[key] ?? '').trim();
			if (isMove ? now !== '' : now !== (this.#entry ? this.#start[key] : '')) values[key] = now === '' ? null : now;
		}
		const hasPlace = this.lng.trim() !== '' || this.lat.trim() !== '';
		if (hasPlace && (this.#isPlaceTouched || !this.#entry)) {
			values.longitude = this.lng.trim();
			values.latitude = this.lat.trim();
		}
		if (this.hasOutline && this.#isOutlineTouched) {
			const shape = readOutline(this.outline);
			values.boundary = shape ? toWkt(shape) : null;
		}
		const tell = this.#back();
		return {
			...(id && { id }),
			...(this.#entry && !isMove && { md5: this.#entry.md5 }),
			...(this.siteId && { siteId: this.siteId }),
			...(pitId && { pitId }),
			...{ values, isMove, datum: this.datum as RegisterEdit['datum'] },
			...(this.hasChangedSides && {
				sides: this.sides.map((side) => ({ ...side, line: side.line.map((corner) => tell(corner)) })),
			}),
		};
	}

	#datum(): Datum | undefined {
		return readDatum(this.datum);
	}
	#convert() {
		return toWgs84(this.#datum() ?? 'wgs84');
	}
	#back() {
		return fromWgs84(this.#datum() ?? 'wgs84');
	}
	#written(): LngLat | null {
		const [lng, lat] = [Number(this.lng), Number(this.lat)];
		return this.lng.trim() && this.lat.trim() && Number.isFinite(lng) && Number.isFinite(lat) ? [lng, lat] : null;
	}
}

function text(value: unknown): string {
	return value === null || value === undefined || typeof value === 'object' ? '' : String(value);
}
