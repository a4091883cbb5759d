// What is said to those who take alarms when rungs of the ladder have nobody on duty: that the next one was told, or that
// nobody was told at all.

import type { EscalatedNote } from '#lib/contract/events.ts';
import { m } from '../words/generated/messages.js';
import { dutyRoleWord } from './duty-words.ts';

type Note = Pick<EscalatedNote, 'alarmId' | 'role' | 'personId' | 'isTest'>;

/** @param notes - of rungs that were told, or found nobody, at one time */
export function vacancyTexts(notes: readonly Note[]): string[] {
	const real = notes.filter(({ isTest }) => !isTest);
	const reached = new Set(real.filter(({ personId }) => personId !== null).map(({ alarmId }) => alarmId));
	const vacant = real.filter(({ personId }) => personId === null);
	const passedOn = vacant.filter(({ alarmId }) => reached.has(alarmId));
	const lost = vacant.filter(({ alarmId }) => !reached.has(alarmId));
	return [
		...(passedOn.length > 0 ? [m.voice_vacant(countOf(passedOn))] : []),
		...(lost.length > 0 ? [m.voice_nobody(countOf(lost))] : []),
	];
}

function countOf(notes: readonly Note[]): { roles: string; n: number } {
	return { roles: rolesOf(notes.map(({ role }) => role)), n: new Set(notes.map(({ alarmId }) => alarmId)).size };
}

export function rolesOf(roles: readonly string[]): string {
	return [...new Set(roles)].map(dutyRoleWord).join(m.ui_listComma());
}
