// Who brings a file in: a person or program through the doors, or the operator at the server's own keyboard.

import { authorize } from '#lib/domain/access/authorize.ts';
import type { Action } from '#lib/domain/access/action.ts';
import { OPERATOR, signedBy, type Caller } from '../auth/caller.ts';
import { Fault } from '../errors.ts';

export type ImportCaller = Caller | { operator: true; now: Date };

/** The register is the district's: whoever changes it by file needs a grant for the whole of it. */
export function requireImport(caller: ImportCaller, action: Extract<Action, `import:${string}`>): void {
	if ('operator' in caller) return;
	const verdict = authorize(caller.principal, action, { townCode: null });
	if (verdict.ok) return;
	if (verdict.reason === 'anonymous') throw new Fault('not-signed-in', action, '请先登录 · Sign in first.');
	throw new Fault('forbidden', action, '您没有导入全区名册的权限 · You may not bring in the register of the district.');
}

export function signatureOf(caller: ImportCaller) {
	return 'operator' in caller ? { at: caller.now, ...OPERATOR } : signedBy(caller);
}

/** Day in China, `YYYY-MM-DD`. */
export function dayOf(now: Date): string {
	return new Date(now.getTime() + 8 * 3600 * 1000).toISOString().slice(0, 10);
}
