// Denies by default: what a route needs, against who asks.

import { authorize } from '#lib/domain/access/authorize.ts';
import type { Pending, Principal } from '#lib/domain/access/principal.ts';
import { Fault, methodFault } from '../errors.ts';
import { needOf, ROUTES } from './routes.ts';

/** `sign-in`: a person who is not signed in asked for a page. */
export type GuardVerdict =
	| { pass: true }
	| { pass: false; signIn: true }
	/** `step`: the page on which signing in is finished. */
	| { pass: false; signIn: false; fault: Fault; step?: string };

export interface Asked {
	/** SvelteKit's id of the route; null when nothing matches the address. */
	routeId: string | null;
	path: string;
	method: string;
	/** Whether a person looking at pages asks (programs get 401 instead of the sign-in page). */
	wantsPage: boolean;
}

const STEP: Record<Pending, string> = { 'second-factor': '/login/second', enrol: '/account', password: '/account' };

const PASS: GuardVerdict = { pass: true };
const refuse = (fault: Fault): GuardVerdict => ({ pass: false, signIn: false, fault });

export function guard({ routeId, path, method, wantsPage }: Asked, principal: Principal): GuardVerdict {
	const need = routeId === null ? 'signed-in' : needOf(routeId, method);
	if (need === 'open') return PASS;
	if (principal.kind === 'anonymous') {
		if (wantsPage) return { pass: false, signIn: true };
		return refuse(new Fault('not-signed-in', path, '请先登录 · Sign in first, or send a bearer token.'));
	}
	if (need === undefined && routeId !== null && ROUTES[routeId]) return refuse(methodFault(method, path));
	if (need === undefined) {
		return refuse(
			new Fault('forbidden', path, `${method} ${path} 未开放 · has no row in the table of routes (doors/routes.ts).`),
		);
	}
	if (need === 'signed-in') return PASS;
	const verdict = authorize(principal, need);
	if (!verdict.ok && verdict.reason === 'pending' && principal.kind === 'person' && principal.pending) {
		const message = '登录尚未完成 · Finish signing in first (second factor, or a new password).';
		return {
			pass: false,
			signIn: false,
			fault: new Fault('not-signed-in', path, message),
			step: STEP[principal.pending],
		};
	}
	return verdict.ok
		? PASS
		: refuse(
				new Fault(
					'forbidden',
					path,
					'您的角色没有这项权限，请联系系统管理员 · This is not open to your role; ask the administrator.',
				),
			);
}
