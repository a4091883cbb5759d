import { json } from '@sveltejs/kit';
import { PasskeyRequest } from '#lib/contract/passkey.ts';
import { beginSession } from '#lib/server/auth/begin-session.ts';
import { guesses } from '#lib/server/auth/guesses.ts';
import { placeOf } from '#lib/server/auth/passkey.ts';
import { beginPasskey, finishPasskey } from '#lib/server/commands/enrol-passkey.ts';
import { beginProof, provePerson } from '#lib/server/commands/prove-person.ts';
import { Fault } from '#lib/server/errors.ts';
import { jsonBody } from '#lib/server/http/read-body.ts';
import type { RequestHandler } from './$types';

/** Enrols a passkey or takes one as proof, in two steps each: what the authenticator is asked, and its answer. */
export const POST: RequestHandler = async ({ request, locals, url, cookies }) => {
	const body = await jsonBody(request, PasskeyRequest);
	const { databases, access, config } = locals.runtime;
	const { caller, sessionId = '' } = locals;
	const place = placeOf(config.ORIGIN || url.origin);
	switch (body.do) {
		case 'enrol': {
			const result = await beginPasskey(databases.ingest, caller, sessionId, place);
			return result.ok ? json(result.options) : refused(result.reason);
		}
		case 'enrolled': {
			const result = await finishPasskey(databases.ingest, caller, sessionId, place, body);
			if (!result.ok) return refused(result.reason);
			if (result.session) beginSession(cookies, config, result.session);
			return json({ codes: result.recoveryCodes });
		}
		case 'prove': {
			const options = await beginProof(databases.ingest, caller, sessionId, place);
			return options ? json(options) : refused('none');
		}
		case 'proven': {
			const parts = { vault: access.vault, guesses: guesses(), place };
			const evidence = { kind: 'passkey', challenge: body.challenge, response: body.response } as const;
			const result = await provePerson(databases.ingest, parts, caller, sessionId, evidence);
			if (!result.ok) return refused(result.reason);
			if (result.session) beginSession(cookies, config, result.session);
			return json({ ok: true });
		}
	}
};

function refused(reason: string): never {
	throw new Fault('forbidden', 'passkey', `通行密钥未被接受 · The passkey was not accepted (${reason}).`);
}
