// The addresses of single sign-on.

import { Fault } from '../errors.ts';
import type { Runtime } from '../runtime.ts';
import type { IdentityProvider } from './identity-provider.ts';

/** @throws Fault not-found when the settings name no such provider */
export function providerOf({ access }: Pick<Runtime, 'access'>, id: string): IdentityProvider {
	const provider = access.providers.find((known) => known.id === id);
	if (!provider) throw new Fault('not-found', id, '未设置此单点登录 · This single sign-on is not set up.');
	return provider;
}

/** Where a provider returns to; to be written down in its own settings. */
export function addressOfReturn(origin: string, { id }: IdentityProvider): string {
	return `${origin}/login/sso/${id}/back`;
}
