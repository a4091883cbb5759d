// Why a change of a rule ended where the program ended it: a code, shown in the language of the page. Until now it wrote
// Chinese words into the place of a person's own reason.

import { sql, type Kysely } from 'kysely';

const WORDS = { discarded: '放弃草稿', replaced: '被新的修改取代' };

export async function up(db: Kysely<unknown>): Promise<void> {
	await sql`alter table rule_change add column end_cause text check (end_cause in ('discarded', 'replaced'))`.execute(
		db,
	);
	await sql`
		update rule_change set end_cause = 'discarded', end_reason = null
		where state = 'discarded' and end_reason = ${WORDS.discarded}`.execute(db);
	await sql`
		update rule_change set end_cause = 'replaced', end_reason = null
		where state = 'ended' and end_reason = ${WORDS.replaced}`.execute(db);
}
