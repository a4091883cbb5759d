// What has reached its age goes, what has not stays: events, sessions, links. Only the process that judges takes away.

import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { beforeEach, describe, expect, test } from 'vitest';
import { eventRules } from '#db/rules/event.ts';
import { retentionRules } from '#db/rules/operations.ts';
import { SYSTEM } from '#lib/domain/access/scope.ts';
import { audit } from '#lib/server/audit/audit.ts';
import { openSession } from '#lib/server/auth/session.ts';
import { newSecret, sha256 } from '#lib/server/auth/secret.ts';
import { transaction } from '#lib/server/db/transaction.ts';
import { appendEvents, replayAfter } from '#lib/server/events/log.ts';
import { addPerson } from '#lib/server/repositories/person.ts';
import { onBoth } from './both.ts';
import { keepHouseAt } from './keep-house.ts';

const NOW = new Date('2026-11-20T08:00:00Z');
const HOUR_MS = 3_600_000;
/** A moment some days before now, and some hours more. */
const ago = (days: number, hours = 0) => new Date(NOW.getTime() - days * 24 * HOUR_MS - hours * HOUR_MS);

describe('what has reached its age', () => {
	onBoth('is taken away', (database) => {
		let person: string;

		beforeEach(async () => {
			await sql`truncate event_log, session, sign_in_link`.execute(database().ingest);
			person = randomUUID();
			const who = { id: person, login: person, name: '沈岚', isDemo: false, passwordHash: null, at: ago(900) };
			await addPerson(database().ingest, who);
		});

		const keepAt = (isJudge: boolean) => keepHouseAt(database(), NOW, isJudge);
		const eventAt = (at: Date) =>
			transaction(database().ingest, (tx) =>
				appendEvents(tx, [{ at, type: 'register:changed', subject: { kind: 'site', id: at.toISOString() }, data: {} }]),
			);
		const events = async () => {
			const { rows } = await sql<{ id: string }>`select subject_id as id from event_log order by seq`.execute(
				database().read,
			);
			return rows.map(({ id }) => id);
		};
		async function session(expiresAt: Date, revokedAt: Date | null = null): Promise<string> {
			const holder = { id: person, grants: [], principalVersion: 1 };
			const { token } = await openSession(
				database().ingest,
				holder,
				{ address: null, agent: 'test' },
				'password',
				ago(800),
			);
			await sql`update session set expires_at = ${expiresAt}, revoked_at = ${revokedAt}
				where token_sha256 = ${sha256(token)}`.execute(database().ingest);
			const row = await database()
				.read.selectFrom('session')
				.select('id')
				.where('token_sha256', '=', sha256(token))
				.executeTakeFirstOrThrow();
			return row.id;
		}
		const sessions = async () =>
			(await database().read.selectFrom('session').select('id').execute()).map(({ id }) => id).sort();
		const link = async (expiresAt: Date) => {
			await sql`insert into sign_in_link (token_sha256, purpose, person_id, created_at, expires_at)
				values (${sha256(newSecret())}, 'setup', ${person}, ${ago(800)}, ${expiresAt})`.execute(database().ingest);
		};
		const links = async () =>
			(await database().read.selectFrom('sign_in_link').select('expires_at').orderBy('expires_at').execute()).map(
				({ expires_at }) => expires_at,
			);

		test('events after their days; a cursor from before is told so, and never that nothing has happened', async () => {
			const days = eventRules.keepDays.value;
			const [old, young, last] = [ago(days, 1), ago(days, -1), ago(0)];
			for (const at of [old, young, last]) await eventAt(at);
			await keepAt(true);
			expect(await events()).toEqual([young.toISOString(), last.toISOString()]);
			expect(await replayAfter(database().read, 0, 10, SYSTEM)).toMatchObject({ ok: false, oldest: expect.anything() });
		});

		test('the last event stays whatever its age, so that the numbers go on from it', async () => {
			const [first, last] = [ago(900), ago(899)];
			for (const at of [first, last]) await eventAt(at);
			await keepAt(true);
			expect(await events()).toEqual([last.toISOString()]);
		});

		test('sessions some time after they ran out or were ended; one that runs, or ended lately, stays', async () => {
			const days = retentionRules.sessionDays.value;
			const stays = [
				await session(new Date(NOW.getTime() + HOUR_MS)),
				await session(ago(days, -1)),
				await session(new Date(NOW.getTime() + HOUR_MS), ago(days, -1)),
			];
			await session(ago(days, 1));
			await session(new Date(NOW.getTime() + HOUR_MS), ago(days, 1));
			await keepAt(true);
			expect(await sessions()).toEqual(stays.sort());
		});

		test('links some time after they ran out', async () => {
			const days = retentionRules.sessionDays.value;
			for (const at of [ago(days, 1), ago(days, -1)]) await link(at);
			await keepAt(true);
			expect(await links()).toEqual([ago(days, -1)]);
		});

		test('by the process that judges, and by no other', async () => {
			for (const at of [ago(900), ago(0)]) await eventAt(at);
			await session(ago(900));
			await link(ago(900));
			await keepAt(false);
			expect([await events(), await sessions(), await links()].map(({ length }) => length)).toEqual([2, 1, 1]);
		});

		test('the audit trail is never shortened', async () => {
			const count = async () =>
				Number((await sql<{ n: string }>`select count(*) as n from audit`.execute(database().read)).rows[0]!.n);
			const entry = {
				actor: 'test',
				actorKind: 'person',
				action: 'export:make',
				object: 'x',
				outcome: 'done',
			} as const;
			await transaction(database().ingest, (tx) => audit(tx, { ...entry, at: ago(5000) }));
			await keepAt(true);
			expect(await count()).toBe(1);
		});
	});
});
