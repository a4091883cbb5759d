// The doors for changes by hand, as forms use them. A refusal keeps what is wrong field by field.

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
import { ask, Refused } from '../ask.ts';

export interface FieldFault {
	field: string | null;
	value: string;
	expects?: Sentence;
}

/** What is wrong field by field, where the door refused it so. */
export const faultsIn = (error: unknown): readonly FieldFault[] =>
	error instanceof Refused ? (error.details as FieldFault[]) : [];

export const readEntry = (kind: EditKind, id: string) => ask<RegisterEntry>(`/api/v1/register/${kind}/${id}`);
export const sendEdit = (kind: EditKind, edit: RegisterEdit) =>
	ask<RegisterChanged>(`/api/v1/register/${kind}`, 'POST', edit);
export const sendBinding = (edit: BindingEdit) => ask<BindingChanged>('/api/v1/bindings', 'POST', edit);
export const sendZeroing = (pointId: string, wish: ZeroingWish) =>
	ask<PointZeroed>(`/api/v1/points/${pointId}/zero`, 'POST', wish);
export const undo = (sourceId: string) => ask<unknown>(`/api/v1/sources/${sourceId}/undo`, 'POST', {});
