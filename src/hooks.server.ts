// The doors of the app: starts the runtime once, and in front of every page and route answers who is asking,
// whether they may, and in which language.

import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import { building } from '$app/environment';
import { error, redirect, type Handle, type HandleServerError, type ServerInit } from '@sveltejs/kit';
import * as words from '#lib/client/words/generated/runtime.js';
import { scopeOf } from '#lib/domain/access/authorize.ts';
import { homeOf } from '#lib/server/auth/home.ts';
import { identify } from '#lib/server/auth/identify.ts';
import { isFrom } from '#lib/server/auth/networks.ts';
import { prepareSignIn } from '#lib/server/auth/sign-in-links.ts';
import { hostOfBase, readBaseSetting, widenPolicy } from '#lib/server/basemap/base-setting.ts';
import { readConfig } from '#lib/server/config.ts';
import { createBuckets, tooMany } from '#lib/server/doors/bucket.ts';
import { guard } from '#lib/server/doors/guard.ts';
import { openDoors, refusalOf } from '#lib/server/doors/front.ts';
import { setHandshakeCheck } from '#lib/server/doors/handshake.ts';
import { noteRefusal } from '#lib/server/doors/refusals.ts';
import { Fault } from '#lib/server/errors.ts';
import { faultResponse } from '#lib/server/http/api.ts';
import { keepOut } from '#lib/server/http/caching.ts';
import { inErrorShape } from '#lib/server/http/error-shape.ts';
import { createLog, type Logger } from '#lib/server/log.ts';
import { setCloser } from '#lib/server/process.ts';
import { runtime, startRuntime } from '#lib/server/runtime.ts';

let log: Logger;
/** Host of the bureau's own base map, when it lies outside. */
let baseHost: string | null = null;
const buckets = createBuckets();

export const init: ServerInit = async () => {
	if (building) return;
	const config = readConfig();
	log = createLog(config.LOG_LEVEL);
	baseHost = hostOfBase(readBaseSetting(config.BASEMAP_STYLE));
	openDoors(config);
	const { databases, access, close } = await startRuntime(config);
	setCloser('runtime', close);
	await prepareSignIn(config, databases.ingest, new Date());
	setHandshakeCheck(config, (request) => access.visitor(request));
};

export const handle: Handle = async ({ event, resolve }) => {
	const { request, locals, url } = event;
	locals.requestId = request.headers.get('x-request-id') ?? randomUUID();
	locals.runtime = runtime();
	locals.db = locals.runtime.databases.read;
	locals.locale = words.toLocale(event.cookies.get(words.cookieName)) ?? words.baseLocale;

	const isApi = url.pathname.startsWith('/api/');
	try {
		if (url.href.includes('%00'))
			throw new Fault('bad-input', 'address', '地址中有空字符 · The address holds a NUL character.');
		const refusal = refusalOf(request, locals.runtime.config);
		if (refusal) return faultResponse(refusal);

		const address = event.getClientAddress();
		const { principal, sessionId, provenAt } = await identify(request.headers, address, locals.runtime.access);
		if (!buckets.take(principal)) {
			noteRefusal('page', 'too-many');
			throw tooMany();
		}
		locals.principal = principal;
		locals.sessionId = sessionId;
		locals.scope = scopeOf(principal);
		locals.scopedDb = locals.runtime.databases.scoped(locals.scope);
		locals.caller = { principal, address, now: new Date(), ...(provenAt && { provenAt }) };

		const wantsPage = !isApi && (event.isDataRequest || (request.headers.get('accept') ?? '').includes('text/html'));
		const asked = { routeId: event.route.id, path: url.pathname, method: request.method, wantsPage };
		const verdict = guard(asked, principal);
		if (url.pathname.startsWith('/admin')) assertAdminNetwork(locals.runtime.config.ADMIN_NETWORKS, address);
		if (!verdict.pass) {
			noteRefusal('page', verdict.signIn ? 'not-signed-in' : verdict.fault.code);
			if (verdict.signIn) redirect(303, `/login?to=${encodeURIComponent(url.pathname + url.search)}`);
			if (!wantsPage) return faultResponse(verdict.fault);
			if (verdict.step) redirect(303, verdict.step);
			if (url.pathname === '/' && principal.kind === 'person') redirect(303, homeOf(principal));
			error(verdict.fault.status, { message: verdict.fault.message, code: verdict.fault.code });
		}
	} catch (refused) {
		if (refused instanceof Fault) return faultResponse(refused);
		throw refused;
	}
	if (event.isRemoteRequest)
		return faultResponse(new Fault('not-found', url.pathname, 'There are no remote functions.'));

	const response = await speaking(locals.locale, url.origin, () =>
		resolve(event, { transformPageChunk: ({ html }) => html.replace('%lang%', locals.locale) }),
	);
	const policy = response.headers.get('content-security-policy');
	if (policy) response.headers.set('content-security-policy', widenPolicy(policy, baseHost));
	keepOut(response.headers);
	if (locals.fault?.code === 'forbidden') noteRefusal('command', 'forbidden');
	if (locals.fault) return isApi ? faultResponse(locals.fault) : withStatus(response, locals.fault.status);
	return isApi ? inErrorShape(response, event.url.pathname) : response;
};

/** A fault is told as it is; a bug is logged once, and the person gets a number to quote. */
export const handleError: HandleServerError = ({ error: thrown, event, status, message }) => {
	if (thrown instanceof Fault) {
		event.locals.fault = thrown;
		return { message: thrown.message, code: thrown.code };
	}
	if (status === 404) return { message, code: 'not-found' };
	const quote = event.locals.requestId;
	log.error({ err: thrown, requestId: quote, route: event.route.id, method: event.request.method }, 'internal error');
	return { message: '系统内部错误 · Internal error', code: 'internal', quote };
};

function assertAdminNetwork(networks: readonly string[], address: string): void {
	if (networks.length === 0 || isFrom(networks, address)) return;
	noteRefusal('page', 'network');
	throw new Fault(
		'forbidden',
		address,
		'管理页面不对此网络开放 · The administrators’ pages are not open to this network (ADMIN_NETWORKS).',
	);
}

/** Runs `work` with the words of that language; the dictionary keeps requests apart. */
function speaking<T>(locale: words.Locale, origin: string, work: () => T): T {
	if (!words.serverAsyncLocalStorage) words.overwriteServerAsyncLocalStorage(new AsyncLocalStorage());
	const storage = words.serverAsyncLocalStorage;
	return storage ? (storage.run({ locale, origin, messageCalls: new Set() }, work) as T) : work();
}

function withStatus(response: Response, status: number): Response {
	return new Response(response.body, { status, headers: response.headers });
}
