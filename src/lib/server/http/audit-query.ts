// The filters of the audit trail in an address: ?from=2026-11-01&to=2026-11-30&actor=&action=&object=&outcome=&before=

import type { AuditFilter } from '../repositories/audit-list.ts';

const DAY_MS = 86_400_000;
/** Days are days of the district. */
const OFFSET = '+08:00';

/** What cannot be read is left out: a filter that shows too much is seen, an error would hide the trail. */
export function auditQuery({ searchParams }: URL): AuditFilter {
	const text = (name: string) => searchParams.get(name)?.trim().slice(0, 100) || undefined;
	const day = (name: string) => {
		const given = text(name);
		const at = given && /^\d{4}-\d{2}-\d{2}$/.test(given) ? Date.parse(`${given}T00:00:00${OFFSET}`) : NaN;
		return Number.isNaN(at) ? undefined : at;
	};
	const [from, to] = [day('from'), day('to')];
	const before = Number(text('before'));
	const outcome = (['done', 'denied', 'failed'] as const).find((known) => known === text('outcome'));
	return {
		...(from !== undefined && { from: new Date(from) }),
		...(to !== undefined && { to: new Date(to + DAY_MS) }),
		...(text('actor') && { actor: text('actor') }),
		...(text('action') && { action: text('action') }),
		...(text('object') && { object: text('object') }),
		...(outcome && { outcome }),
		...(Number.isSafeInteger(before) && before > 0 && { before }),
	};
}
