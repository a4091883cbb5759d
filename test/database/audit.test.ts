// The audit trail on both databases: written with the change, chained, and found out when somebody touches it.

import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { audit, type AuditEntry } from '#lib/server/audit/audit.ts';
import { verifyAudit } from '#lib/server/audit/verify.ts';
import type { Db } from '#lib/server/db/connection.ts';
import { transaction } from '#lib/server/db/transaction.ts';
import { onBoth } from './both.ts';

const entry = (object: string, detail: unknown = {}): AuditEntry => ({
	at: new Date('2026-11-20T08:00:00.123Z'),
	actor: 'person:1',
	actorKind: 'person',
	address: '127.0.0.1',
	action: 'import:commit',
	object,
	detail,
	outcome: 'done',
});

onBoth('the audit trail', (database) => {
	let db: Db;
	const write = (object: string, detail?: unknown) => transaction(db, (tx) => audit(tx, entry(object, detail)));
	/** Does something to the trail, says what the verifier finds, and puts everything back. */
	const whenTampered = async (tamper: (tx: Db) => Promise<unknown>) => {
		let found: unknown;
		await transaction(db, async (tx) => {
			await tamper(tx);
			found = await verifyAudit(tx);
			throw new Error('put back');
		}).catch((error: Error) => expect(error.message).toBe('put back'));
		return found;
	};

	beforeAll(async () => {
		db = database().ingest;
		await write('sites.xlsx', { added: 12, ratio: 0.1 + 0.2, big: 1e21, at: new Date(0), none: undefined, 名: '沈岚' });
		await write('a \0 name with \ud800 halves', { text: 'NUL \0 inside', list: [1, undefined, null] });
		for (let i = 3; i <= 5; i += 1) await write(`row ${i}`);
	});

	test('holds together, whatever was written into it', async () => {
		expect(await verifyAudit(db)).toMatchObject({ ok: true, entries: 5 });
	});

	test('twenty who write at once are numbered without gap or double', async () => {
		await Promise.all(Array.from({ length: 20 }, (_, i) => write(`at once ${i}`)));
		expect(await verifyAudit(db)).toMatchObject({ ok: true, entries: 25 });
	});

	test('a change that is rolled back leaves no entry', async () => {
		const before = await verifyAudit(db);
		const failing = transaction(db, async (tx) => {
			await audit(tx, entry('never'));
			throw new Error('rolled back');
		});
		await expect(failing).rejects.toThrow('rolled back');
		expect(await verifyAudit(db)).toEqual(before);
	});

	test.each<[string, ReturnType<typeof sql>, object]>([
		['one altered word', sql`update audit set object = 'other.xlsx' where seq = 3`, { seq: 3, why: 'altered' }],
		['one altered detail', sql`update audit set detail = '{"added": 13}' where seq = 1`, { seq: 1, why: 'altered' }],
		['one second', sql`update audit set at = at + interval '1 second' where seq = 2`, { seq: 2, why: 'altered' }],
		['one missing row', sql`delete from audit where seq = 4`, { seq: 4, why: 'missing' }],
		['the first row missing', sql`delete from audit where seq = 1`, { seq: 1, why: 'missing' }],
		['a hash put in by hand', sql`update audit set hash = prev_hash where seq = 2`, { seq: 2, why: 'altered' }],
	])('finds %s', async (_, statement, expected) => {
		expect(await whenTampered((tx) => statement.execute(tx))).toMatchObject({ ok: false, ...expected });
	});

	test('a trail cut off at its end is found by the head noted before', async () => {
		const whole = await verifyAudit(db);
		const head = whole.ok ? { seq: whole.entries, hash: whole.head } : { seq: 0, hash: '' };
		expect(await verifyAudit(db, head)).toMatchObject({ ok: true });
		expect(await verifyAudit(db, { ...head, seq: head.seq + 1 })).toMatchObject({ ok: false, why: 'anchor-missing' });
		expect(await verifyAudit(db, { ...head, hash: '00' })).toMatchObject({ ok: false, why: 'anchor-differs' });
	});
});
