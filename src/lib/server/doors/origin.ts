// Was this request sent by one of our own pages? Asked for every method that changes something, whatever its content
// type, and for the handshake of every socket: browsers let any page open a WebSocket to any server.

export interface AskedFrom {
	method: string;
	/** `Host` header, as sent. */
	host: string | undefined;
	origin: string | undefined;
	/** `Sec-Fetch-Site` header. */
	fetchSite: string | undefined;
	/** Whether the request carries `Authorization: Bearer …`. */
	hasBearer: boolean;
	/** Whether it carries a cookie. */
	hasCookie: boolean;
}

export type OriginVerdict = { ok: true } | { ok: false; reason: 'other-origin' | 'other-site' | 'no-origin' };

const OK: OriginVerdict = { ok: true };
const READS = ['GET', 'HEAD', 'OPTIONS'];

/**
 * @param publicOrigin - ORIGIN of the settings; empty when the product is opened by its own address
 *
 * - a request that only reads passes: other sites cannot see the answer
 * - an `Origin` must be the public one, or that of the very host asked for
 * - `Sec-Fetch-Site`, which a page cannot set, must be `same-origin` or `none` (typed by a person)
 * - without `Origin` it must be a program: a bearer token and no cookie, or a browser that says `same-origin`
 */
export function judgeOrigin(asked: AskedFrom, publicOrigin: string): OriginVerdict {
	if (READS.includes(asked.method)) return OK;
	return judgeSender(asked, publicOrigin);
}

/** The same for the handshake of a socket, which is a GET and yet a door. */
export function judgeHandshake(asked: AskedFrom, publicOrigin: string): OriginVerdict {
	return judgeSender(asked, publicOrigin);
}

function judgeSender(asked: AskedFrom, publicOrigin: string): OriginVerdict {
	const { origin, fetchSite } = asked;
	if (fetchSite !== undefined && fetchSite !== 'same-origin' && fetchSite !== 'none') {
		return { ok: false, reason: 'other-site' };
	}
	if (origin !== undefined) return isOwn(origin, asked.host, publicOrigin) ? OK : { ok: false, reason: 'other-origin' };
	const isProgram = asked.hasBearer && !asked.hasCookie;
	return isProgram || fetchSite === 'same-origin' ? OK : { ok: false, reason: 'no-origin' };
}

function isOwn(origin: string, host: string | undefined, publicOrigin: string): boolean {
	if (publicOrigin && origin === publicOrigin) return true;
	// Without a public origin the product is reached directly, over plain http, under the host of the request.
	return !publicOrigin && host !== undefined && origin === `http://${host}`;
}
