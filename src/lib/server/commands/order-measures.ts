// Brings the orders to the sites in step with what holds now: signals, response levels, the ladder, the sites. New lines
// are ordered, lines whose trigger is over end; what was stopped stays stopped until the site is cleared at the gate.

import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { floodRules } from '#db/rules/flood.ts';
import type { EventMessage } from '#lib/contract/events.ts';
import { SYSTEM } from '#lib/domain/access/scope.ts';
import { eventName } from '#lib/domain/flood/event-name.ts';
import { linesFor, type AppliedLine, type LadderLine, type Situation } from '#lib/domain/flood/ladder.ts';
import { gateOf, mustBeCleared } from '#lib/domain/flood/resume.ts';
import { grouped } from '#lib/domain/grouped.ts';
import { gravestResponse } from '#lib/domain/flood/signal-kind.ts';
import { audit } from '../audit/audit.ts';
import { insertRows } from '../db/bulk.ts';
import type { Db } from '../db/connection.ts';
import { transaction } from '../db/transaction.ts';
import { appendEvents } from '../events/log.ts';
import { ladderOf, seedLadder } from '../repositories/flood-ladder.ts';
import { asOrder, noticesOf } from '../repositories/flood-notice.ts';
import { eventForChange, logFlood, openEvent, openResponses } from '../repositories/flood-response.ts';
import { sitesUnderSignals } from '../repositories/flood-signal.ts';
import { floodSites, type FloodSite } from '../repositories/flood-site.ts';

/** One at a time over all processes; any constant that nothing else uses. */
const LOCK = 0x0f10_0d01;

export interface OrderedMeasures {
	events: EventMessage[];
	ordered: number;
	ended: number;
}

/**
 * @param moderateHeavy - sites where 中到大雨 is measured or forecast
 * @param by - who set it off, for the trail
 */
export async function orderMeasures(
	db: Db,
	bureau: string,
	moderateHeavy: ReadonlySet<string>,
	by: string,
	now: Date,
): Promise<OrderedMeasures> {
	return transaction(db, async (tx) => {
		await sql`select pg_advisory_xact_lock(${LOCK})`.execute(tx);
		const own = await ladderOf(tx, bureau);
		const ladder = own.length > 0 ? own : await seedLadder(tx, bureau);
		const situations = await situationsOf(tx, moderateHeavy);
		const sites = await floodSites(tx, SYSTEM);
		const wanted = new Map(sites.map((site) => [site.id, linesFor(ladder, situations(site), site)]));
		const isAsked = [...wanted.values()].some((lines) => lines.length > 0);
		const event = isAsked
			? await eventForChange(tx, eventName(now, floodRules.seasons.zone), now)
			: await openEvent(tx);
		if (!event) return { events: [], ordered: 0, ended: 0 };

		const held = await noticesOf(tx, event.id);
		const noticeOf = new Map(held.notices.map((notice) => [notice.site_id, notice]));
		const measuresOf = grouped(held.measures, ({ notice_id }) => notice_id);
		const work = new OrderBook(now);
		for (const [siteId, lines] of wanted) {
			const notice = noticeOf.get(siteId);
			if (!notice) {
				if (lines.length > 0) work.open(event.id, siteId, lines);
				continue;
			}
			work.bring(notice, measuresOf.get(notice.id) ?? [], lines);
		}
		if (work.isEmpty) return { events: [], ordered: 0, ended: 0 };
		await work.write(tx);
		await logFlood(
			tx,
			work.logged.map((line) => ({ ...line, eventId: event.id, at: now, actor: by })),
		);
		const events = await appendEvents(tx, [
			{
				at: now,
				type: 'flood:notice',
				subject: { kind: 'floodEvent', id: event.id },
				data: { sites: work.ordered, ended: work.ended },
			},
		]);
		await audit(tx, {
			...{ at: now, actor: 'system', actorKind: 'system' },
			action: 'flood:order',
			object: `event ${event.id}`,
			detail: { by, ordered: work.ordered, ended: work.ended },
			outcome: 'done',
		});
		return { events, ordered: work.ordered, ended: work.ended };
	});
}

async function situationsOf(tx: Db, moderateHeavy: ReadonlySet<string>): Promise<(site: FloodSite) => Situation> {
	const signals = grouped(await sitesUnderSignals(tx), ({ siteId }) => siteId);
	const responses = await openResponses(tx);
	return (site) => ({
		signals: signals.get(site.id) ?? [],
		response:
			gravestResponse(
				responses
					.filter(
						({ areaCodes }) =>
							areaCodes.length === 0 || areaCodes.some((code) => (site.townCode ?? code.slice(0, 6)).startsWith(code)),
					)
					.map(({ level }) => level),
			) ?? null,
		isModerateHeavyRain: moderateHeavy.has(site.id),
	});
}

type Held = Awaited<ReturnType<typeof noticesOf>>;

/** What has to be written, gathered for all sites and written in few statements. */
class OrderBook {
	readonly #now: Date;
	readonly #newNotices: Record<string, unknown>[] = [];
	readonly #newMeasures: Record<string, unknown>[] = [];
	readonly #over: string[] = [];
	readonly #again: string[] = [];
	readonly #endedMeasures: string[] = [];
	readonly #endedNotices: string[] = [];
	readonly #renewed: {
		id: string;
		answerBy: Date;
		everyS: number | null;
		isStop: boolean;
		/** Something was added to what is ordered. */
		isNew: boolean;
		reason: string;
	}[] = [];
	readonly logged: { kind: string; siteId: string; facts: unknown }[] = [];
	ordered = 0;
	ended = 0;

	constructor(now: Date) {
		this.#now = now;
	}

	get isEmpty(): boolean {
		return (
			this.#newNotices.length + this.#newMeasures.length + this.#over.length + this.#again.length === 0 &&
			this.#endedMeasures.length + this.#endedNotices.length === 0
		);
	}

	open(eventId: string, siteId: string, lines: readonly AppliedLine[]): void {
		const id = randomUUID();
		const token = randomBytes(18).toString('base64url');
		const everyS = checkEveryS(lines);
		this.#newNotices.push({
			id,
			event_id: eventId,
			site_id: siteId,
			link_hash: createHash('sha256').update(token).digest('hex'),
			link: token,
			reason: reasonOf(lines),
			sent_at: this.#now,
			answer_by: answerBy(lines, this.#now),
			check_every_s: everyS,
			check_due_at: everyS ? new Date(+this.#now + everyS * 1000) : null,
		});
		for (const applied of lines) this.#add(id, applied);
		this.ordered += 1;
		this.#logOrder(siteId, lines);
	}

	bring(notice: Held['notices'][number], open: Held['measures'], lines: readonly AppliedLine[]): void {
		const key = (work: string, measure: string, hours: number | null) => `${work}/${measure}/${hours ?? ''}`;
		const wanted = new Map(
			lines.map((applied) => [key(applied.line.work, applied.line.measure, applied.line.everyHours), applied]),
		);
		const keys = new Map(open.map((row) => [key(row.work, row.measure, row.every_hours), row]));
		const added = [...wanted].filter(([name]) => !keys.has(name)).map(([, applied]) => applied);
		const gone = [...keys].filter(([name]) => !wanted.has(name)).map(([, row]) => row);
		for (const [name, row] of keys) if (wanted.has(name) && row.is_over) this.#again.push(row.id);
		const ending = gone.filter(({ measure }) => !mustBeCleared(measure));
		const waiting = gone.filter(({ measure, is_over }) => mustBeCleared(measure) && !is_over);
		this.#endedMeasures.push(...ending.map(({ id }) => id));
		this.#over.push(...waiting.map(({ id }) => id));
		for (const applied of added) this.#add(notice.id, applied);
		if (added.length > 0) {
			this.ordered += 1;
			this.#renewed.push({
				id: notice.id,
				answerBy: answerBy(added, this.#now),
				everyS: checkEveryS(lines),
				isNew: true,
				isStop: added.some(({ line }) => mustBeCleared(line.measure)),
				reason: reasonOf(lines),
			});
			this.#logOrder(notice.site_id, added);
		}
		const isLeft = open.length - ending.length + added.length > 0;
		if (isLeft && added.length === 0 && ending.some(({ measure }) => measure === 'checkEvery'))
			this.#renewed.push({
				id: notice.id,
				answerBy: notice.answer_by,
				everyS: checkEveryS(lines),
				isStop: false,
				isNew: false,
				reason: notice.reason,
			});
		if (!isLeft && notice.ended_at === null) {
			this.#endedNotices.push(notice.id);
			this.ended += 1;
			this.logged.push({ kind: 'orderEnded', siteId: notice.site_id, facts: {} });
		}
		const before = new Set(gateOf(open.map(asOrder)).ready.map(({ id }) => id));
		const after = gateOf([
			...open.map((row) => ({ ...row, isOver: !wanted.has(key(row.work, row.measure, row.every_hours)) })),
			...added.map(({ line }) => ({ id: '', work: line.work, measure: line.measure, isOver: false })),
		]);
		const ready = after.ready.filter(({ id }) => !before.has(id)).map(({ measure }) => measure);
		if (ready.length > 0)
			this.logged.push({ kind: 'awaitsResume', siteId: notice.site_id, facts: { measures: ready } });
	}

	/** By when it was to be answered stands in the book: the order itself keeps its newest deadline only. */
	#logOrder(siteId: string, lines: readonly AppliedLine[]): void {
		const facts = { measures: lines.map(({ line }) => line.measure), answerBy: answerBy(lines, this.#now) };
		this.logged.push({ kind: 'ordered', siteId, facts });
	}

	#add(noticeId: string, { line, isConditional }: AppliedLine): void {
		this.#newMeasures.push({
			id: randomUUID(),
			notice_id: noticeId,
			line_id: line.id,
			work: line.work,
			measure: line.measure,
			is_conditional: isConditional,
			every_hours: line.everyHours,
			note: line.note,
			basis: line.basis,
			source: line.source,
			confidence: line.confidence,
			trigger: line.trigger,
			trigger_level: line.fromLevel,
			ordered_at: this.#now,
			is_over: false,
		});
	}

	async write(tx: Db): Promise<void> {
		await insertRows(tx, 'flood_notice', this.#newNotices);
		await insertRows(tx, 'site_measure', this.#newMeasures);
		const measures = (set: { is_over?: boolean; ended_at?: Date }, ids: readonly string[]) =>
			ids.length > 0
				? tx
						.updateTable('site_measure')
						.set(set)
						.where('id', 'in', [...ids])
						.execute()
				: Promise.resolve();
		await measures({ is_over: true }, this.#over);
		await measures({ is_over: false }, this.#again);
		await measures({ ended_at: this.#now }, this.#endedMeasures);
		if (this.#endedNotices.length > 0)
			await tx
				.updateTable('flood_notice')
				.set({ ended_at: this.#now, link: null, check_due_at: null })
				.where('id', 'in', this.#endedNotices)
				.execute();
		for (const { id, answerBy, everyS, isStop, isNew, reason } of this.#renewed)
			await tx
				.updateTable('flood_notice')
				.set({
					reason,
					answer_by: answerBy,
					check_every_s: everyS,
					check_due_at: everyS ? new Date(+this.#now + everyS * 1000) : null,
					ended_at: null,
					// What is ordered anew is told anew.
					...(isNew ? { link_told_at: null } : {}),
					// What was stopped before does not answer for what is to be stopped now.
					...(isStop ? { seen_at: null, stopped_at: null } : {}),
				})
				.where('id', '=', id)
				.execute();
	}
}

function checkEveryS(lines: readonly AppliedLine[]): number | null {
	const hours = lines.flatMap(({ line }) => (line.everyHours === null ? [] : [line.everyHours]));
	return hours.length > 0 ? Math.round(Math.min(...hours) * 3600) : null;
}

function answerBy(lines: readonly AppliedLine[], now: Date): Date {
	const minutes = lines.map(({ line }) => line.answerMinutes ?? floodRules.answerWithin.value / 60);
	return new Date(+now + Math.min(...minutes) * 60_000);
}

/** Triggers behind an order, as `rainstorm/yellow`. */
function reasonOf(lines: readonly { line: LadderLine }[]): string {
	return [...new Set(lines.map(({ line }) => `${line.trigger}/${line.fromLevel}`))].join(' ');
}
