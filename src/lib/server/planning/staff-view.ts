// The page on which a bureau keeps its teams.

import { AGENCY_ROLE } from '#db/rules/companion.ts';
import type { StaffView } from '#lib/contract/staff.ts';
import { shanghaiDay } from '#lib/domain/day.ts';
import type { Db } from '../db/connection.ts';
import { agencyNames } from '../repositories/companion.ts';
import { companionQuotas } from '../repositories/companion-quota.ts';
import { baseRows, expertRows, firmNames, officerRows, vehicleRows } from '../repositories/staff.ts';
import { changesOf, staffRevisions } from '../repositories/staff-change.ts';

/** So many changes are looked through, and so many of them shown. */
const CHANGES = { read: 500, shown: 30 };

export async function staffView(db: Db, now: Date): Promise<StaffView> {
	const today = shanghaiDay(now);
	return {
		today,
		agencies: await agencyNames(db, AGENCY_ROLE),
		quotas: await companionQuotas(db, today),
		officers: await officerRows(db),
		experts: await expertRows(db),
		vehicles: await vehicleRows(db),
		bases: await baseRows(db),
		firms: await firmNames(db),
		changes: changesOf(await staffRevisions(db, CHANGES.read)).slice(0, CHANGES.shown),
	};
}
