// Ids in addresses. What is no UUID is asked of no database: the column's type would make an error of it.

import { Fault } from '../errors.ts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export const isUuid = (text: string): boolean => UUID.test(text);

/** An id in an address. @throws Fault `not-found` for what is no id at all */
export function uuidParam(text: string, subject: string): string {
	if (isUuid(text)) return text;
	throw new Fault('not-found', `${subject} ${text}`, '没有此记录 · There is no such record.');
}
