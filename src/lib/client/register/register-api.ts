// The doors for changes by hand, as forms use them. A refusal keeps what is wrong field by field.

import type { ErrorBody } from '#lib/contract/error.ts';
import type { Sentence } from '#lib/contract/import.ts';
import type { PointZeroed, ZeroingWish } from '#lib/contract/pit-section.ts';
import type {
	BindingChanged,
	BindingEdit,
	EditKind,
	RegisterChanged,
	RegisterEdit,
	RegisterEntry,
} from '#lib/contract/register.ts';

export interface FieldFault {
	field: string | null;
	value: string;
	expects?: Sentence;
}

export class Refused extends Error {
	readonly fields: readonly FieldFault[];

	constructor(message: string, fields: readonly FieldFault[]) {
		super(message);
		this.fields = fields;
	}
}

export const readEntry = (kind: EditKind, id: string) => ask<RegisterEntry>(`/api/v1/register/${kind}/${id}`);
export const sendEdit = (kind: EditKind, edit: RegisterEdit) => ask<RegisterChanged>(`/api/v1/register/${kind}`, edit);
export const sendBinding = (edit: BindingEdit) => ask<BindingChanged>('/api/v1/bindings', edit);
export const sendZeroing = (pointId: string, wish: ZeroingWish) =>
	ask<PointZeroed>(`/api/v1/points/${pointId}/zero`, wish);
export const undo = (sourceId: string) => ask<unknown>(`/api/v1/sources/${sourceId}/undo`, {});

async function ask<T>(url: string, body?: unknown): Promise<T> {
	const response = await fetch(url, {
		method: body === undefined ? 'GET' : 'POST',
		headers: body === undefined ? {} : { 'content-type': 'application/json' },
		body: body === undefined ? undefined : JSON.stringify(body),
	});
	const answer = (await response.json().catch(() => null)) as unknown;
	if (response.ok) return answer as T;
	const error = (answer as ErrorBody | null)?.error;
	const details = (error?.details ?? []) as FieldFault[];
	throw new Refused(error?.message ?? `HTTP ${response.status}`, details);
}
