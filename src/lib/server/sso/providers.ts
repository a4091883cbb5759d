// The ways of single sign-on the settings name.

import type { Config } from '../config.ts';
import type { Outbound } from '../outbound/outbound.ts';
import type { IdentityProvider } from './identity-provider.ts';
import { oidcProvider } from './oidc.ts';
import { zzdProvider } from './zzd.ts';

type SsoConfig = Pick<
	Config,
	| 'OIDC_ISSUER'
	| 'OIDC_CLIENT_ID'
	| 'OIDC_CLIENT_SECRET'
	| 'OIDC_NAME'
	| 'ZZD_BASE'
	| 'ZZD_LOGIN'
	| 'ZZD_APP_KEY'
	| 'ZZD_APP_SECRET'
>;

export function providersOf(config: SsoConfig, outbound: Outbound): IdentityProvider[] {
	const providers: IdentityProvider[] = [];
	if (config.OIDC_ISSUER && config.OIDC_CLIENT_ID) {
		const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret, OIDC_NAME: name } = config;
		providers.push(oidcProvider({ issuer, clientId, clientSecret, name }, outbound));
	}
	if (config.ZZD_BASE && config.ZZD_LOGIN && config.ZZD_APP_KEY) {
		const { ZZD_BASE: base, ZZD_LOGIN: login, ZZD_APP_KEY: appKey, ZZD_APP_SECRET: appSecret } = config;
		providers.push(zzdProvider({ base, login, appKey, appSecret }, outbound));
	}
	return providers;
}
