// Second factors of people: authenticator, passkeys, recovery codes. Secrets come in and go out sealed (auth/vault.ts).

import type { Db } from '../db/connection.ts';

export interface TotpRow {
	secret: Buffer;
	confirmedAt: Date | null;
	/** The last time step a code was taken for; an older code counts no more. */
	lastStep: number;
}

/** Sets a new secret that is not confirmed yet; the one before is gone. */
export async function putTotp(db: Db, personId: string, secret: Buffer): Promise<void> {
	await db
		.insertInto('totp')
		.values({ person_id: personId, secret, last_step: 0 })
		.onConflict((conflict) => conflict.column('person_id').doUpdateSet({ secret, confirmed_at: null, last_step: 0 }))
		.execute();
}

/** Locks the row, so that one code is taken once. */
export async function lockTotp(db: Db, personId: string): Promise<TotpRow | undefined> {
	const row = await db.selectFrom('totp').selectAll().where('person_id', '=', personId).forUpdate().executeTakeFirst();
	return row && { secret: row.secret, confirmedAt: row.confirmed_at, lastStep: Number(row.last_step) };
}

export async function noteTotpStep(db: Db, personId: string, step: number, confirmedAt: Date): Promise<void> {
	await db
		.updateTable('totp')
		.set((eb) => ({ last_step: step, confirmed_at: eb.fn.coalesce('confirmed_at', eb.val(confirmedAt)) }))
		.where('person_id', '=', personId)
		.execute();
}

export interface PasskeyRow {
	credentialId: string;
	personId: string;
	publicKey: Buffer;
	counter: number;
	transports: string[];
	name: string;
	createdAt: Date;
	lastUsedAt: Date | null;
}

export async function addPasskey(db: Db, key: Omit<PasskeyRow, 'lastUsedAt'>): Promise<void> {
	await db
		.insertInto('passkey')
		.values({
			credential_id: key.credentialId,
			person_id: key.personId,
			public_key: key.publicKey,
			counter: key.counter,
			transports: key.transports,
			name: key.name,
			created_at: key.createdAt,
		})
		.execute();
}

export async function passkeysOf(db: Db, personId: string): Promise<PasskeyRow[]> {
	const rows = await db
		.selectFrom('passkey')
		.selectAll()
		.where('person_id', '=', personId)
		.orderBy('created_at')
		.execute();
	return rows.map((row) => ({
		credentialId: row.credential_id,
		personId: row.person_id,
		publicKey: row.public_key,
		counter: Number(row.counter),
		transports: row.transports,
		name: row.name,
		createdAt: row.created_at,
		lastUsedAt: row.last_used_at,
	}));
}

export async function notePasskeyUse(db: Db, credentialId: string, counter: number, at: Date): Promise<void> {
	await db
		.updateTable('passkey')
		.set({ counter, last_used_at: at })
		.where('credential_id', '=', credentialId)
		.execute();
}

/** Takes one factor away; returns whether there was one. */
export async function dropPasskey(db: Db, personId: string, credentialId: string): Promise<boolean> {
	const rows = await db
		.deleteFrom('passkey')
		.where('person_id', '=', personId)
		.where('credential_id', '=', credentialId)
		.returning('credential_id')
		.execute();
	return rows.length > 0;
}

/** Takes everything away: the person enrols anew at the next sign-in. */
export async function dropFactors(db: Db, personId: string): Promise<void> {
	await db.deleteFrom('totp').where('person_id', '=', personId).execute();
	await db.deleteFrom('passkey').where('person_id', '=', personId).execute();
	await db.deleteFrom('recovery_code').where('person_id', '=', personId).execute();
}

export async function setRecoveryCodes(db: Db, personId: string, hashes: readonly Buffer[]): Promise<void> {
	await db.deleteFrom('recovery_code').where('person_id', '=', personId).execute();
	await db
		.insertInto('recovery_code')
		.values(hashes.map((code_sha256) => ({ person_id: personId, code_sha256 })))
		.execute();
}

/** Uses a code up; false when there is none such left. */
export async function useRecoveryCode(db: Db, personId: string, hash: Buffer, at: Date): Promise<boolean> {
	const rows = await db
		.updateTable('recovery_code')
		.set({ used_at: at })
		.where('person_id', '=', personId)
		.where('code_sha256', '=', hash)
		.where('used_at', 'is', null)
		.returning('person_id')
		.execute();
	return rows.length > 0;
}

export interface FactorState {
	hasTotp: boolean;
	passkeys: PasskeyRow[];
	recoveryLeft: number;
}

export async function factorsOf(db: Db, personId: string): Promise<FactorState> {
	const totp = await db.selectFrom('totp').select('confirmed_at').where('person_id', '=', personId).executeTakeFirst();
	const { left } = await db
		.selectFrom('recovery_code')
		.select((eb) => eb.fn.countAll<string>().as('left'))
		.where('person_id', '=', personId)
		.where('used_at', 'is', null)
		.executeTakeFirstOrThrow();
	return {
		hasTotp: Boolean(totp?.confirmed_at),
		passkeys: await passkeysOf(db, personId),
		recoveryLeft: Number(left),
	};
}
