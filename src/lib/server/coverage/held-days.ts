// Days that a bureau may put its own in the place of: what was shipped or made, and what holds.

import { roundCalendars } from '#db/rules/coverage.ts';
import { seasonDates } from '#db/rules/season.ts';
import {
	dateKeyOf,
	type DateSubject,
	type Days,
	type Held,
	type OwnDates,
	type StoredRound,
} from '#lib/domain/coverage/dates.ts';
import { roundsOfYear, type RoundCalendar } from '#lib/domain/coverage/round.ts';
import type { Season } from '#lib/domain/flood/season.ts';
import type { Confidence } from '#lib/domain/rule.ts';
import type { KeyPeriodRow } from '../repositories/coverage-round.ts';

export interface SaidDays extends Held {
	source: string;
	confidence: Confidence;
}

/** The rounds and key periods as they were made, and the flood season as it is shipped. */
export interface MadeDates {
	season: Season;
	rounds: readonly StoredRound[];
	periods: readonly KeyPeriodRow[];
}

/** @returns undefined for a key period that is not there */
export function shippedDays(subject: DateSubject, made: MadeDates): SaidDays | undefined {
	switch (subject.kind) {
		case 'floodSeason': {
			const { from, to, source, confidence } = made.season;
			return { days: { from, to }, isOn: true, source, confidence };
		}
		case 'rounds':
			return { ...shippedYear(subject.year, made.rounds), isOn: true, confidence: 'reported' };
		case 'period': {
			const period = made.periods.find(({ id }) => id === subject.id);
			return (
				period && {
					...{ days: { from: period.fromOn, to: period.toOn }, isOn: !period.isProposed },
					...groundOf(period),
				}
			);
		}
	}
}

/** @param own - what the bureau has set itself */
export function heldDays(subject: DateSubject, shipped: SaidDays, own: OwnDates): SaidDays {
	const plan = own.get(dateKeyOf(subject));
	return plan ? { days: plan.days, isOn: plan.isOn, source: plan.reason, confidence: 'local' } : shipped;
}

/** The two rounds of a year as somebody made them; those of the half-years where nobody has. */
export function roundsMade(year: number, rounds: readonly StoredRound[]): StoredRound[] {
	return rounds.filter(({ kind, fromOn }) => kind === 'fullCoverage' && fromOn.startsWith(String(year)));
}

function shippedYear(year: number, rounds: readonly StoredRound[]): { days: Days; source: string } {
	const made = roundsMade(year, rounds);
	const second = made.find(({ looksBackTo }) => looksBackTo !== null);
	const known = Object.values(roundCalendars).map((calendar) => ({
		...{ days: daysOfCalendar(year, calendar), source: calendar.source },
	}));
	return known.find(({ days }) => days['second.to'] === second?.toOn) ?? known[0]!;
}

export function daysOfCalendar(year: number, calendar: RoundCalendar): Days {
	const [first, second] = roundsOfYear(year, calendar);
	return {
		...{
			'first.from': first!.fromOn,
			'first.to': first!.toOn,
			'second.from': second!.fromOn,
			'second.to': second!.toOn,
		},
		...{ 'lookBack.from': second!.fromOn, 'lookBack.to': second!.toOn },
	};
}

/** A holiday as the product knows it has its source; anything else was entered by somebody of the bureau. */
function groundOf({ name, fromOn, toOn }: KeyPeriodRow): Pick<SaidDays, 'source' | 'confidence'> {
	const year = Number(fromOn.slice(0, 4));
	const known = seasonDates(year).find(
		(one) => fromOn === `${year}-${one.from}` && toOn === `${year}-${one.to}` && name.endsWith(one.name),
	);
	return known ? { source: known.source, confidence: 'assumed' } : { source: ENTERED, confidence: 'local' };
}

/** Of key periods that somebody made in the ledger. */
const ENTERED = '本局在覆盖台账中录入';
