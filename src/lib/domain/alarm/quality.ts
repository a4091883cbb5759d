// How good the alarm system itself is, measured against ANSI/ISA-18.2 and EEMUA 191: how many alarms an officer gets,
// floods, chattering, stale ones, who causes most, how grave they are. Pure.

import type { Rule } from '../rule.ts';
import type { AlarmLevel } from './condition.ts';

export interface QualityRules {
	/** Alarms an officer can answer: a day, and in ten minutes on the average; target and the most that is bearable. */
	perDay: { target: Rule; limit: Rule };
	perTenMin: { target: Rule; limit: Rule };
	/** A flood begins above so many in ten minutes, ends below so many; share of the time, percent. */
	floodBegins: Rule;
	floodEnds: Rule;
	floodShare: Rule;
	/** So many within a minute from one source is chattering. */
	chatter: Rule;
	/** Hours after which an alarm that holds is stale; how many are bearable. */
	staleAfter: Rule;
	staleMost: Rule;
	/** Percent of all that the ten busiest sources may cause. */
	topTenShare: Rule;
	/** Percent by level. */
	mix: Readonly<Record<AlarmLevel, Rule>>;
}

/** An alarm that was raised, or came back. */
export interface Raise {
	atMs: number;
	/** The incident, or the alarm itself: what stands on the board as one row. */
	rowId: string;
	/** Device and condition. */
	source: string;
	level: AlarmLevel;
	/** Milliseconds until somebody took notice; null: nobody has. */
	answeredMs: number | null;
}

export interface QualityReport {
	/** Alarms raised, and rows they made on the board. */
	raised: number;
	rows: number;
	/** Rows by ten minutes from the beginning, one officer's share. */
	tenMin: number[];
	perDay: number;
	perTenMin: number;
	mostInTenMin: number;
	/** Percent of the time. */
	floodShare: number;
	floods: { fromMs: number; toMs: number; most: number }[];
	chattering: { source: string; times: number }[];
	top: { source: string; count: number; share: number }[];
	/** How many sources there were. */
	sources: number;
	/** Percent of all that the ten busiest caused; says nothing where there are no more than ten. */
	topTenShare: number;
	/** Percent by level. */
	mix: Record<AlarmLevel, number>;
	/** Median seconds to the first notice, of those that were noticed; null without any. */
	medianAnswerS: number | null;
	unanswered: number;
}

const TEN_MIN_MS = 600_000;
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/** @param officers - on duty at a time, ≥ 1 */
export function judgeQuality(
	raises: readonly Raise[],
	fromMs: number,
	toMs: number,
	officers: number,
	rules: QualityRules,
): QualityReport {
	const sorted = [...raises].sort((a, b) => a.atMs - b.atMs);
	const count = Math.max(1, Math.ceil((toMs - fromMs) / TEN_MIN_MS));
	const buckets = Array.from({ length: count }, () => 0);
	const rows = new Set<string>();
	for (const { atMs, rowId } of sorted) {
		if (rows.has(rowId)) continue;
		rows.add(rowId);
		const bucket = Math.floor((atMs - fromMs) / TEN_MIN_MS);
		if (bucket >= 0 && bucket < count) buckets[bucket]!++;
	}
	const tenMin = buckets.map((n) => n / officers);
	const floods = floodsOf(tenMin, fromMs, rules);
	const flooded = floods.reduce((sum, flood) => sum + flood.toMs - flood.fromMs, 0);
	const sources = countBy(sorted, ({ source }) => source);
	const top = [...sources].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0])).slice(0, 10);
	const share = (n: number) => (sorted.length === 0 ? 0 : (n / sorted.length) * 100);
	const answers = sorted.flatMap(({ answeredMs }) => (answeredMs === null ? [] : [answeredMs])).sort((a, b) => a - b);
	const levels = countBy(sorted, ({ level }) => level);
	return {
		raised: sorted.length,
		rows: rows.size,
		tenMin,
		perDay: rows.size / officers / Math.max((toMs - fromMs) / DAY_MS, 1 / 144),
		perTenMin: tenMin.reduce((sum, n) => sum + n, 0) / count,
		mostInTenMin: Math.max(0, ...tenMin),
		floodShare: (flooded / (toMs - fromMs)) * 100,
		floods,
		chattering: chattering(sorted, rules.chatter.value),
		top: top.map(([source, n]) => ({ source, count: n, share: share(n) })),
		sources: sources.size,
		topTenShare: share(top.reduce((sum, [, n]) => sum + n, 0)),
		mix: {
			notice: share(levels.get('notice') ?? 0),
			warning: share(levels.get('warning') ?? 0),
			danger: share(levels.get('danger') ?? 0),
		},
		medianAnswerS: answers.length === 0 ? null : answers[answers.length >> 1]! / 1000,
		unanswered: sorted.length - answers.length,
	};
}

function floodsOf(tenMin: readonly number[], fromMs: number, rules: QualityRules): QualityReport['floods'] {
	const floods: QualityReport['floods'] = [];
	let open: QualityReport['floods'][number] | undefined;
	tenMin.forEach((n, i) => {
		const startMs = fromMs + i * TEN_MIN_MS;
		if (!open && n > rules.floodBegins.value) floods.push((open = { fromMs: startMs, toMs: startMs, most: n }));
		if (!open) return;
		if (n < rules.floodEnds.value) open = undefined;
		else {
			open.toMs = startMs + TEN_MIN_MS;
			open.most = Math.max(open.most, n);
		}
	});
	return floods;
}

/** Sources that came at least `least` times within a minute, and how often they did. */
function chattering(sorted: readonly Raise[], least: number): QualityReport['chattering'] {
	const times = new Map<string, number>();
	const lately = new Map<string, number[]>();
	for (const { source, atMs } of sorted) {
		const recent = (lately.get(source) ?? []).filter((ms) => atMs - ms <= MINUTE_MS);
		recent.push(atMs);
		lately.set(source, recent);
		if (recent.length >= least) times.set(source, (times.get(source) ?? 0) + 1);
	}
	return [...times].map(([source, n]) => ({ source, times: n })).sort((a, b) => b.times - a.times);
}

function countBy<T, K>(list: readonly T[], key: (one: T) => K): Map<K, number> {
	const counts = new Map<K, number>();
	for (const one of list) counts.set(key(one), (counts.get(key(one)) ?? 0) + 1);
	return counts;
}
