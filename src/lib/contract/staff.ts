// Who and what patrols are made of, as a bureau keeps it: officers with their certificates, experts, cars, places to
// start from; and whom somebody must keep away from.

import * as v from 'valibot';
import type { CompanionQuota } from '../domain/planning/companions.ts';
import { Day } from './day.ts';

const Uuid = v.pipe(v.string(), v.uuid());
const Name = v.pipe(v.string(), v.trim(), v.minLength(1, '请填写名称 · a name is needed'), v.maxLength(40));
const Words = v.pipe(
	v.array(v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(20))),
	v.maxLength(20),
	v.transform((words) => [...new Set(words)].sort()),
);
/** Firms somebody must keep away from, each with why (回避). */
const Avoids = v.pipe(
	v.array(
		v.object({
			firmId: Uuid,
			reason: v.pipe(v.string(), v.trim(), v.minLength(1, '请填写回避原因 · say why'), v.maxLength(80)),
		}),
	),
	v.maxLength(40),
	v.transform((all) =>
		[...new Map(all.map((one) => [one.firmId, one])).values()].sort((a, b) => (a.firmId < b.firmId ? -1 : 1)),
	),
);

export const OfficerValues = v.object({
	name: Name,
	/** Account they sign in with; null: none, they do not use the phone pages. */
	login: v.nullable(v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(60))),
	certificateNo: v.nullable(v.pipe(v.string(), v.trim(), v.maxLength(40))),
	/** Last day on which the certificate holds; null: none, and no team can be made with them. */
	certificateUntil: v.nullable(Day),
	skills: Words,
	isActive: v.boolean(),
	avoids: Avoids,
});
export type OfficerValues = v.InferOutput<typeof OfficerValues>;

export const ExpertValues = v.object({
	name: Name,
	disciplines: v.pipe(Words, v.minLength(1, '至少一个专业 · at least one discipline')),
	isSenior: v.boolean(),
	joinedOn: Day,
	/** Firm they work for, whose sites they are kept away from. */
	firmId: v.nullable(Uuid),
	isActive: v.boolean(),
	avoids: Avoids,
});
export type ExpertValues = v.InferOutput<typeof ExpertValues>;

export const VehicleValues = v.object({
	name: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(12)),
	seats: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(60)),
	isActive: v.boolean(),
});
export type VehicleValues = v.InferOutput<typeof VehicleValues>;

export const BaseValues = v.object({
	name: Name,
	/** [longitude, latitude], WGS 84 */
	at: v.tuple([
		v.pipe(v.number(), v.minValue(-180), v.maxValue(180)),
		v.pipe(v.number(), v.minValue(-90), v.maxValue(90)),
	]),
	/** Where plans start when nothing else is said; there is always exactly one. */
	isDefault: v.boolean(),
});
export type BaseValues = v.InferOutput<typeof BaseValues>;

/** How many visits an expert or an agency takes over a span of days, and the contract or notice that says so. */
export const QuotaWish = v.object({
	kind: v.picklist(['expert', 'agency']),
	companionId: Uuid,
	fromOn: Day,
	toOn: Day,
	most: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(100_000)),
	source: v.pipe(v.string(), v.trim(), v.minLength(1, '请填写依据 · say where it comes from'), v.maxLength(120)),
});
export type QuotaWish = v.InferOutput<typeof QuotaWish>;

/** A quota as it holds. */
export type QuotaRow = CompanionQuota & Pick<QuotaWish, 'kind' | 'companionId'> & { name: string };

/** What was read before it was changed: the mark of that state; null for something new. */
const was = v.nullable(v.pipe(v.string(), v.maxLength(64)));

export const StaffEdit = v.variant('kind', [
	v.object({ kind: v.literal('officer'), values: OfficerValues, was }),
	v.object({ kind: v.literal('expert'), values: ExpertValues, was }),
	v.object({ kind: v.literal('vehicle'), values: VehicleValues, was }),
	v.object({ kind: v.literal('base'), values: BaseValues, was }),
]);
export type StaffEdit = v.InferOutput<typeof StaffEdit>;
export type StaffKind = StaffEdit['kind'];
export type StaffValues = OfficerValues | ExpertValues | VehicleValues | BaseValues;

export const StaffUndo = v.object({ seq: v.pipe(v.string(), v.regex(/^\d{1,18}$/)) });
export type StaffUndo = v.InferOutput<typeof StaffUndo>;

export interface StaffRow<V> {
	id: string;
	values: V;
	mark: string;
}

export interface StaffChange {
	seq: string;
	kind: StaffKind;
	id: string;
	name: string;
	at: string;
	by: string;
	change: 'added' | 'changed' | 'removed';
	/** Nothing came after it and it has not been taken back. */
	canUndo: boolean;
}

export interface StaffView {
	/** Testing agencies that can be asked. */
	agencies: { id: string; name: string }[];
	/** Contract quotas that run or are to come. */
	quotas: QuotaRow[];
	today: string;
	officers: StaffRow<OfficerValues>[];
	experts: StaffRow<ExpertValues>[];
	vehicles: StaffRow<VehicleValues>[];
	bases: StaffRow<BaseValues>[];
	/** To choose from when somebody must keep away. */
	firms: { id: string; name: string }[];
	/** Newest first. */
	changes: StaffChange[];
}
