// The duty desk over HTTP: the quality of the alarm system, the roster, the hand-over of a shift, web push.

import * as v from 'valibot';
import { DUTY_ROLES, type DutyRole } from '../domain/alarm/escalation.ts';
import type { QualityReport } from '../domain/alarm/quality.ts';
import type { Rule } from '../domain/rule.ts';
import type { AlarmMessage } from './alarm.ts';
import type { BothLanguages, ToldLine } from './alarm-card.ts';

/** GET /api/v1/alarms/quality?days=7 */
export interface QualityAnswer {
	/** Since when alarms are recorded at all; null: there is no record, and nothing can be said. */
	recordedSince: string | null;
	/** Not before that. */
	from: string;
	to: string;
	officers: number;
	report: QualityReport;
	stale: { id: string; name: string; condition: string; raisedAt: string }[];
	/** Name and condition of each source in the report. */
	sources: Record<string, { name: string; site: string | null; condition: string }>;
	rules: Record<string, ShownRule>;
}

/** A number with its source as pages show it. */
export type ShownRule = Omit<Rule, 'source'> & { source: BothLanguages };

const Id = v.pipe(v.string(), v.uuid());
const Moment = v.pipe(
	v.string(),
	v.check((text) => !Number.isNaN(Date.parse(text)), 'ISO 8601 with zone'),
);

export interface RosterShift {
	id: string;
	role: DutyRole;
	area: string;
	personId: string;
	personName: string;
	from: string;
	to: string;
}

/** GET /api/v1/duty */
export interface Roster {
	shifts: RosterShift[];
	/** Who may be put on the roster. */
	people: { id: string; name: string; role: string }[];
	ladder: Record<'danger' | 'warning', { role: DutyRole; after: ShownRule }[]>;
	told: ToldLine[];
	channels: { webhook: boolean; pushKey: string; pushBrowsers: number };
}

/** POST /api/v1/duty */
export const NewShift = v.object({
	role: v.picklist(DUTY_ROLES),
	area: v.pipe(v.string(), v.regex(/^\d{6}(\d{3})?$/, 'six digits of the district or nine of a town')),
	personId: Id,
	from: Moment,
	to: Moment,
});
export type NewShift = v.InferOutput<typeof NewShift>;

/** DELETE /api/v1/duty */
export const EndShift = v.object({ id: Id });

/** POST /api/v1/push: a browser that wants to be told. */
export const PushRequest = v.object({
	endpoint: v.pipe(v.string(), v.url(), v.startsWith('https://'), v.maxLength(1000)),
	keys: v.object({ p256dh: v.pipe(v.string(), v.maxLength(200)), auth: v.pipe(v.string(), v.maxLength(100)) }),
});

/** What one shift leaves to the next, frozen when it is signed. */
export interface HandoverSheet {
	from: string;
	to: string;
	reds: AlarmMessage[];
	shelved: AlarmMessage[];
	promises: AlarmMessage[];
	silent: { deviceId: string; name: string; siteName: string; since: string | null }[];
	outOfService: { deviceId: string; reason: string; by: string; until: string }[];
	/** Of each list as a whole, where it may be cut short; absent in sheets that were signed before. */
	totals?: Record<'reds' | 'shelved' | 'promises' | 'silent', number> & {
		/** Devices that should report and never did; absent in sheets that were signed before. */
		neverReported?: number;
	};
	counts: { raised: number; closed: number; acknowledged: number; incidents: number };
	/**
	 * By alarm of danger: the highest rung of the ladder it has reached, and whom; null: nobody is on duty there. Absent in
	 * sheets that were signed before.
	 */
	told?: Record<string, { role: DutyRole; name: string | null }>;
}

export interface SignedHandover {
	id: string;
	sheet: HandoverSheet;
	note: string;
	from: { name: string; at: string };
	/** Who came: took the shift or refused it, and what they said. */
	to: { name: string; at: string; note: string; isRefused: boolean } | null;
}

/** GET /api/v1/handovers */
export interface HandoverAnswer {
	/** As things stand now. */
	sheet: HandoverSheet;
	signed: SignedHandover[];
}

const Remark = v.pipe(v.string(), v.trim(), v.maxLength(2000));

/** POST /api/v1/handovers: the leaving officer signs what is before the eyes. */
export const SignOver = v.object({
	note: Remark,
	/** `from` of the sheet that was shown. */
	from: v.pipe(v.string(), v.isoTimestamp()),
	/** Ids of its alarms of danger. */
	reds: v.pipe(v.array(v.string()), v.maxLength(1000)),
});

/** POST /api/v1/handovers/[id]: the coming officer takes the shift, or refuses it and says why. */
export const HandoverReply = v.variant('reply', [
	v.object({ reply: v.literal('take'), note: Remark }),
	v.object({ reply: v.literal('refuse'), note: v.pipe(Remark, v.minLength(2, '请写明原因 · say why')) }),
]);
export type HandoverReply = v.InferOutput<typeof HandoverReply>;
