// The doors in front of everything: host, origin, size of the body, security headers and a number for the request.
// They stand before the pages and before the telemetry handler, for files and sockets alike.

import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Config } from '../config.ts';
import { Fault } from '../errors.ts';
import { faultResponse } from '../http/api.ts';
import { setFrontHandler } from '../process.ts';
import { bodyLimit, countBody, nameBody, promisesTooMuch } from './bodies.ts';
import { securityHeaders } from './headers.ts';
import { allowedHosts, isAllowedHost } from './host.ts';
import { judgeOrigin, type AskedFrom } from './origin.ts';
import { noteRefusal } from './refusals.ts';

type DoorConfig = Pick<Config, 'HOST' | 'ORIGIN'>;

/** Header by which the doors tell the pages over which protocol the browser came; a sent one is overwritten. */
export const PROTOCOL_HEADER = 'x-sitewatch-protocol';

/** Sets the doors as the first front handler; to be called before any other is set. */
export function openDoors(config: DoorConfig): void {
	const headers = Object.entries(securityHeaders(config.ORIGIN));
	const hosts = allowedHosts(config);
	setFrontHandler('doors', (request, response) => {
		request.headers['x-request-id'] = randomUUID();
		request.headers[PROTOCOL_HEADER] = config.ORIGIN.startsWith('https://') ? 'https' : 'http';
		for (const [name, value] of headers) response.setHeader(name, value);
		response.setHeader('x-request-id', request.headers['x-request-id']);

		const limit = bodyLimit(new URL(request.url ?? '/', 'http://path').pathname);
		const fault =
			refusal(askedFrom(request), hosts, config.ORIGIN) ??
			(promisesTooMuch(request, limit) ? tooLarge(request.url ?? '', limit) : undefined);
		if (!fault) {
			nameBody(request);
			countBody(request, limit);
			return false;
		}
		void answer(response, fault);
		return true;
	});
}

/** The same two questions for a request that did not come through the front (the first one in development). */
export function refusalOf(request: Request, config: DoorConfig): Fault | undefined {
	const header = (name: string) => request.headers.get(name) ?? undefined;
	const asked: AskedFrom = {
		method: request.method,
		host: header('host') ?? new URL(request.url).host,
		origin: header('origin'),
		fetchSite: header('sec-fetch-site'),
		hasBearer: /^bearer /i.test(header('authorization') ?? ''),
		hasCookie: header('cookie') !== undefined,
	};
	return refusal(asked, allowedHosts(config), config.ORIGIN);
}

export function askedFrom({ method, headers }: IncomingMessage): AskedFrom {
	const site = headers['sec-fetch-site'];
	return {
		method: method ?? 'GET',
		host: headers.host,
		origin: headers.origin,
		fetchSite: Array.isArray(site) ? site.join() : site,
		hasBearer: /^bearer /i.test(headers.authorization ?? ''),
		hasCookie: headers.cookie !== undefined,
	};
}

/** Why a request may not come in at all; undefined when it may. */
export function refusal(asked: AskedFrom, hosts: ReadonlySet<string>, publicOrigin: string): Fault | undefined {
	if (!isAllowedHost(hosts, asked.host)) {
		noteRefusal('front', 'host');
		return new Fault(
			'forbidden',
			asked.host ?? 'no host',
			'此地址不是本系统的地址，请使用 HOST 或 ORIGIN 设置的地址 · This server does not answer to that host name; set HOST or ORIGIN.',
		);
	}
	const verdict = judgeOrigin(asked, publicOrigin);
	if (verdict.ok) return undefined;
	noteRefusal('front', verdict.reason);
	// Neither a page nor anybody: a gateway whose token was forgotten is told what is missing.
	if (verdict.reason === 'no-origin' && !asked.hasBearer && !asked.hasCookie) {
		const message = '程序须带令牌（Authorization: Bearer …） · A program has to send a bearer token.';
		return new Fault('not-signed-in', asked.method, message);
	}
	return new Fault(
		'forbidden',
		asked.origin ?? 'no origin',
		`请求不是从本系统的页面发出的 · The request was not sent from a page of this system (${verdict.reason}).`,
	);
}

function tooLarge(path: string, limit: number): Fault {
	noteRefusal('front', 'too-large');
	return new Fault('too-large', path, `内容超过 ${limit} 字节 · The body is above ${limit} bytes.`);
}

/** Answers with a fault before any handler; the connection is closed, what is still being sent is not read. */
export async function answer(response: ServerResponse, fault: Fault): Promise<void> {
	const { status, headers } = faultResponse(fault);
	const body = await faultResponse(fault).text();
	response.writeHead(status, { ...Object.fromEntries(headers), connection: 'close' }).end(body);
}
