// POST /api/v1/telemetry, in front of the pages: the way in that must be quick.

import type { IncomingMessage, ServerResponse } from 'node:http';
import { deviceRules } from '#db/rules/device.ts';
import { authorize } from '#lib/domain/access/authorize.ts';
import type { Narrowing, Principal } from '#lib/domain/access/principal.ts';
import { addressOf } from '../auth/networks.ts';
import { bearerOf, type TokenCheck } from '../auth/token.ts';
import { createBuckets, tooMany } from '../doors/bucket.ts';
import { noteRefusal } from '../doors/refusals.ts';
import { Fault, methodFault } from '../errors.ts';
import type { FrontHandler } from '../process.ts';
import type { Ingest } from './accept.ts';
import { bodyOf, inflated, itemsOf } from './body.ts';

const PATH = '/api/v1/telemetry';

export function telemetryHandler(
	ingest: Ingest,
	tokens: Pick<TokenCheck, 'check' | 'peek'>,
	onFault: (error: unknown) => void,
): FrontHandler {
	const buckets = createBuckets();

	async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
		const principal = await principalOf(request, tokens);
		if (!buckets.take(principal)) throw tooMany();
		const arrived = bodyOf(request, deviceRules.bodyWithin.value * 1000);
		const encoding = request.headers['content-encoding'];
		const sent = await arrived;
		const refused = ingest.refusal();
		if (refused) throw refused;
		const body = encoding === undefined ? sent : await inflated(sent, encoding);
		const narrowing = narrowingOf(principal);
		const items = itemsOf(body, request.headers['content-type'], !narrowing?.quantities);
		const name = 'name' in principal ? principal.name : principal.kind;
		const from = { protocol: 'http', source: `key ${name}`, ...('id' in principal && { keyId: principal.id }) };
		send(response, 200, JSON.stringify(await ingest.accept(items, narrowing, from)));
	}

	return (request, response) => {
		const { url = '' } = request;
		if (!(url === PATH || url.startsWith(`${PATH}?`))) return false;
		if (request.method !== 'POST') {
			response.setHeader('allow', 'POST');
			refuse(request, response, methodFault(request.method ?? '', PATH));
			return true;
		}
		answer(request, response).catch((error: unknown) => {
			if (!(error instanceof Fault)) onFault(error);
			refuse(request, response, error);
		});
		return true;
	};
}

async function principalOf(request: IncomingMessage, tokens: Pick<TokenCheck, 'check' | 'peek'>): Promise<Principal> {
	const bearer = bearerOf(request.headers.authorization);
	const address = addressOf(request);
	const principal =
		bearer === undefined ? null : (tokens.peek(bearer, address) ?? (await tokens.check(bearer, address)));
	if (!principal)
		throw new Fault('not-signed-in', 'token', '缺少令牌，或令牌无效、已被吊销 · Send a valid bearer token.');
	if (!authorize(principal, 'telemetry:send').ok)
		throw new Fault(
			'forbidden',
			'token',
			'令牌不能上报读数（需要 ingest） · This token may not send readings; it needs the scope ingest.',
		);
	return principal;
}

function narrowingOf(principal: Principal): Narrowing | undefined {
	const { siteIds, deviceIds, quantities } = principal as Narrowing;
	return siteIds || deviceIds || quantities ? { siteIds, deviceIds, quantities } : undefined;
}

/** Refused for who sends or how much; the others are told apart by the counts of the ingest. */
const SENT_AWAY = new Set(['not-signed-in', 'forbidden', 'too-many', 'too-large']);

function refuse(request: IncomingMessage, response: ServerResponse, error: unknown): void {
	if (response.headersSent) return void response.destroy();
	const known = error instanceof Fault ? error : undefined;
	if (known && SENT_AWAY.has(known.code)) noteRefusal('telemetry', known.code);
	const status = known?.status ?? 500;
	if (status === 429 || status === 503 || status === 507) response.setHeader('retry-after', status === 429 ? '1' : '2');
	// What was not read of the body would be taken for the next request.
	if (!request.complete) response.setHeader('connection', 'close');
	const code = known?.code ?? 'internal';
	const message = known?.message ?? '系统内部错误 · Internal error';
	send(response, status, JSON.stringify({ error: { code, message, details: known?.details ?? [] } }));
}

function send(response: ServerResponse, status: number, text: string): void {
	response.writeHead(status, {
		'content-type': 'application/json; charset=utf-8',
		'content-length': Buffer.byteLength(text),
	});
	response.end(text);
}
