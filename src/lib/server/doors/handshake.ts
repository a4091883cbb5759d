// The door of the sockets: host, origin and session, before engine.io makes a connection. Browsers let any page open a
// WebSocket to any server and send the cookies along, so the origin is asked here although a handshake only “reads”.

import type { IncomingMessage } from 'node:http';
import type { Visitor } from '../auth/access.ts';
import type { Config } from '../config.ts';
import { askedFrom } from './front.ts';
import { allowedHosts, isAllowedHost } from './host.ts';
import { judgeHandshake, type OriginVerdict } from './origin.ts';
import { noteRefusal } from './refusals.ts';

export type FindVisitor = (request: IncomingMessage) => Promise<Visitor | null>;
type Check = (request: IncomingMessage) => Promise<Visitor | null>;

const CHECK = Symbol.for('sitewatch.handshake');
const FOUND = Symbol.for('sitewatch.handshake.session');
type Slot = { [CHECK]?: Check };
type Checked = IncomingMessage & { [FOUND]?: Visitor };

/** Sockets are for those who look at the map; a program that polls the log misses nothing. */
const FOR_PROGRAMS = 'a token opens no socket: read /api/v1/picture, then /api/v1/events?after=CURSOR';

/** Sets who may open a socket; the socket server itself belongs to the process and outlives this. */
export function setHandshakeCheck(config: Pick<Config, 'HOST' | 'ORIGIN'>, find: FindVisitor): void {
	const hosts = allowedHosts(config);
	(globalThis as Slot)[CHECK] = async (request) => {
		const asked = askedFrom(request);
		const reason = isAllowedHost(hosts, asked.host) ? reasonOf(judgeHandshake(asked, config.ORIGIN)) : 'host';
		const found = reason ? null : await find(request);
		if (!found) noteRefusal('socket', reason ?? 'not-signed-in');
		return found;
	};
}

const reasonOf = (verdict: OriginVerdict) => (verdict.ok ? undefined : verdict.reason);

/** engine.io's `allowRequest`. Refuses everybody until a check is set. */
export function allowRequest(
	request: IncomingMessage,
	answer: (error: string | null | undefined, ok: boolean) => void,
): void {
	const check = (globalThis as Slot)[CHECK];
	if (!check) return answer('starting', false);
	check(request).then(
		(found) => {
			if (found) (request as Checked)[FOUND] = found;
			answer(found ? null : askedFrom(request).hasBearer ? FOR_PROGRAMS : 'not signed in', found !== null);
		},
		() => answer('not available', false),
	);
}

/** Who opened a socket, as the door found them: `sessionOfHandshake(socket.request)`. */
export function sessionOfHandshake(request: IncomingMessage): Visitor | undefined {
	return (request as Checked)[FOUND];
}
