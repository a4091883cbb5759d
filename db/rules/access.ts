// Limits of sessions, sign-in, tokens and doors.

import type { Rule } from '../../src/lib/domain/rule.ts';

const seconds = (value: number, source: string, confidence: Rule['confidence'] = 'assumed'): Rule => ({
	value,
	unit: 's',
	source,
	confidence,
});

/** 8.1.4.1 b asks for automatic sign-out and names no figure; the figures are ours. */
const SIGN_OUT = 'GB/T 22239-2019 8.1.4.1 b; OWASP ASVS 5.0 V7.3.1, V7.3.2';

/** Sessions end after so long without use, and after so long in any case. By the strictest role a person holds. */
export const sessionRules = {
	idle: {
		admin: seconds(30 * 60, SIGN_OUT),
		office: seconds(8 * 3600, SIGN_OUT),
		field: seconds(12 * 3600, SIGN_OUT),
	},
	absolute: {
		admin: seconds(12 * 3600, SIGN_OUT),
		office: seconds(24 * 3600, SIGN_OUT),
		/** 30 days once a second factor stands behind it. */
		field: seconds(24 * 3600, SIGN_OUT),
	},
	/** `seen_at` is written at most this often. */
	touchEvery: seconds(60, 'how exact an idle limit counted in minutes needs to be'),
	/** While the database is away, a session known before goes on reading for at most this long. */
	withoutDatabase: seconds(3600, 'OWASP ASVS 5.0 V16.5.2; the idle limit holds besides'),
	/** A change of a session or of its person's roles is seen everywhere within this time. */
	recheckAfter: seconds(2, 'OWASP ASVS 5.0 V7.4.1; must stay below 5 s'),
};

export const signInRules = {
	/** Wrong passwords of one account before it waits, and how long it then waits; doubled each time, up to the last. */
	guessesPerAccount: { value: 5, unit: '', source: 'GB/T 22239-2019 8.1.4.1 b', confidence: 'assumed' } as Rule,
	guessesPerAddress: { value: 50, unit: '', source: 'OWASP ASVS 5.0 V6.3.1', confidence: 'assumed' } as Rule,
	guessWindow: seconds(15 * 60, 'OWASP ASVS 5.0 V6.3.1'),
	firstLock: seconds(60, 'OWASP ASVS 5.0 V6.1.1'),
	longestLock: seconds(3600, 'OWASP ASVS 5.0 V6.1.1'),
	/** A set-up link is dead after this; a new start of the server makes a new one. */
	setupLink: seconds(30 * 60, 'OWASP ASVS 5.0 V6.4.1'),
	/** Links of the demonstration die with the next start; this is only for a server that is never started again. */
	demoLink: seconds(365 * 24 * 3600, 'the server keeps to its own machine while they exist'),
	/** A link with which a person sets the first password; handed over by the administrator. */
	personLink: seconds(24 * 3600, 'OWASP ASVS 5.0 V6.4.1'),
	/** From the button of single sign-on to its answer; 浙政钉 gives its codes five minutes. */
	ssoAttempt: seconds(10 * 60, 'OWASP ASVS 5.0 V10.4.3, V6.8.1'),
	/** A challenge for a passkey. */
	passkeyAttempt: seconds(5 * 60, 'OWASP ASVS 5.0 V6.5.5'),
	/** Giving roles, tokens and walls asks for a proof of the own person that is not older than this. */
	proof: seconds(5 * 60, 'OWASP ASVS 5.0 V7.5.1, V7.5.3'),
	/** A code of an authenticator counts this long before and after its own time. */
	totpTolerance: seconds(30, 'OWASP ASVS 5.0 V6.5.5; RFC 6238 5.2'),
	recoveryCodes: { value: 10, unit: '', source: 'as many as fit on a card', confidence: 'assumed' } as Rule,
	/** At most so many password hashes are computed at once: each takes memory and a processor. */
	hashesAtOnce: { value: 2, unit: '', source: 'two processors, measured', confidence: 'assumed' } as Rule,
};

export const tokenRules = {
	/** `last_used_at` is written at most this often. */
	touchEvery: seconds(300, 'how exact “last used” needs to be for a person looking for dead keys'),
	/** A checked token is asked about again after this, beside the request that uses it … */
	refreshAfter: seconds(2, 'revocation within 5 s'),
	/** … and never believed for longer than this. */
	believedFor: seconds(4, 'revocation within 5 s'),
};

const perSecond = (value: number, source: string): Rule => ({ value, unit: '1/s', source, confidence: 'assumed' });
const requests = (value: number, source: string): Rule => ({ value, unit: '', source, confidence: 'assumed' });
const bytes = (value: number, source: string): Rule => ({ value, unit: 'B', source, confidence: 'assumed' });

/** Opening a sheet with people's names, or the trail itself, is an entry of the trail. */
export const sheetRules = {
	/** The same person and the same sheet again within this time is no new entry. */
	again: seconds(10 * 60, 'GB/T 22239-2019 8.1.4.3; one entry for one look, however often a page asks'),
};

export const doorRules = {
	/** A key bound to devices, for each of its devices: requests a second, and how many at once. */
	devicePerS: perSecond(2, 'a crane monitor reports at most once a second'),
	deviceBurst: requests(60, 'a minute stored while the network was away'),
	/** A key refused so often within a minute is sent away for as long as this, without being looked at. */
	quarantineAfter: requests(600, 'ten a second: ten times what a crane monitor may send, for a minute'),
	quarantineS: seconds(60, 'a device that is told to wait a minute comes back by itself'),
	/** Keys that speak for devices of others: entries of the audit trail a minute, over all keys. */
	trespassesPerMinute: requests(60, 'a wrongly configured gateway of fifty devices shows whole'),
	/** A gateway's key that is bound to no device. */
	gatewayPerS: perSecond(10_000, 'a district sends 230 readings a second; more than one process can take anyway'),
	gatewayBurst: requests(20_000, 'two seconds at that rate'),
	/** Every other token. */
	programPerS: perSecond(50, 'a program that asks for the picture every second beside others'),
	programBurst: requests(500, 'ten seconds at that rate'),
	/** Bodies, by what is sent. */
	telemetryBytes: bytes(1024 * 1024, 'about 10,000 readings in one batch'),
	importBytes: bytes(64 * 1024 * 1024, '200,000 rows as CSV with room to spare'),
	problemBytes: bytes(32 * 1024 * 1024, 'a patrol problem of 1,000 places with both tables'),
	photoBytes: bytes(8 * 1024 * 1024, 'one photo of a phone, made smaller by the page before it is sent'),
	floodBytes: bytes(32 * 1024 * 1024, 'a national grid of rain; a checklist with eight photos'),
	bodyBytes: bytes(256 * 1024, 'a form'),
	/** Connections from one address; a proxy in front is one address. */
	connectionsPerAddress: requests(1024, 'an office behind one address, six connections a browser'),
	connections: requests(10_000, 'the file descriptors a service is usually given'),
	headersWithin: seconds(10, 'OWASP ASVS 5.0 V15.2.2; a slow header is an attack or a dead line'),
	requestWithin: seconds(120, 'an import over a slow line'),
	keepAlive: seconds(65, 'longer than the 60 s of the usual proxies, so that they close first'),
	stopWithin: seconds(10, 'goal: graceful stop in at most 10 s'),
};

/** Other machines the server asks: an identity provider, a webhook, a warning feed. */
export const outboundRules = {
	within: seconds(5, 'OWASP ASVS 5.0 V13.2.6; nobody waits longer for a page'),
	bytes: bytes(10 * 1024 * 1024, 'the largest warning feeds are below 1 MB'),
};
