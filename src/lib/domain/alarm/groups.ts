// Values that come from several speakers: how near the jib of a crane is to its neighbours, how many points of a side
// agree. A group holds no state of its own; it looks at what its members said last.

import { believable } from '../device/plausible.ts';
import { clearanceM, type ClearanceRules, type CranePlace, type CranePose } from '../machine/jib-clearance.ts';
import type { Rule } from '../rule.ts';
import { agreeing, type Vote } from './at-least.ts';
import type { Speaker } from './speaker.ts';
import type { MeasureRules } from './watch.ts';

export interface Standing extends CranePlace {
	speaker: Speaker;
}

export interface GroupRules {
	clearance: ClearanceRules;
	/** Seconds after which a pose is not believed any more; a monitor at rest speaks once a minute. */
	poseFor: Rule;
	/** Hours after which a point of a side no longer votes. */
	voteFor: Rule;
	/** Percent of its limit from which on a point says yes. */
	voteFrom: Rule;
	/** Votes from which on silent points no longer matter. */
	votesNeeded: Rule;
}

/** Metres between the jib of a crane and the nearest of those it must give way to; NaN while that cannot be told. */
export function nearestJib(
	own: Standing,
	others: readonly Standing[],
	rules: GroupRules,
	measures: MeasureRules,
): (atMs: number) => number {
	return (atMs) => {
		const pose = poseOf(own.speaker, rules, measures, atMs);
		let nearest = NaN;
		for (const other of others) {
			const otherPose = poseOf(other.speaker, rules, measures, atMs);
			const metres = clearanceM(own, pose, other, otherPose, rules.clearance);
			if (!(nearest <= metres) && !Number.isNaN(metres)) nearest = metres;
		}
		return nearest;
	};
}

/** Points of a side that have used up as much of their limit that the wall must be meant. */
export function sideVotes(members: readonly Speaker[], rules: GroupRules): (atMs: number) => number {
	return (atMs) =>
		agreeing(
			members.map((member) => voteOf(member, rules, atMs)),
			rules.votesNeeded.value,
		);
}

function voteOf({ watches, latestMs }: Speaker, { voteFor, voteFrom }: GroupRules, atMs: number): Vote {
	const watched = watches.find(({ rules }) => rules.measure === 'utilisation');
	if (!watched || !(atMs - latestMs <= voteFor.value * 3_600_000)) return undefined;
	const { value } = watched.state;
	return Number.isNaN(value) ? undefined : value >= voteFrom.value;
}

function poseOf(
	{ latest, latestMs }: Speaker,
	{ poseFor }: GroupRules,
	{ plausible }: MeasureRules,
	atMs: number,
): CranePose {
	if (!(Math.abs(atMs - latestMs) <= poseFor.value * 1000)) return { slewDeg: NaN, radiusM: NaN, hookM: NaN };
	const read = (quantity: string) => believable(latest[quantity], plausible[quantity]);
	return { slewDeg: read('slewDeg'), radiusM: read('radiusM'), hookM: read('hookHeightM') };
}
