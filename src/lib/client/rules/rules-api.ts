// The doors of the rules as the page uses them.

import type { BackTestNote, RuleList, RuleReach, RuleWish } from '#lib/contract/rule.ts';
import { ask } from '../ask.ts';

type Scope = RuleWish['scope'];

export const readRules = () => ask<RuleList>('/api/v1/rules', 'GET');
export const reachOf = (ruleKey: string, scope: Scope) =>
	ask<RuleReach>('/api/v1/rules/devices', 'POST', { ruleKey, scope });
export const draftChange = (wish: RuleWish) => ask<{ id: string }>('/api/v1/rules', 'POST', wish);
export const discardChange = (id: string) => ask<null>(`/api/v1/rules/changes/${id}`, 'DELETE');
export const startBackTest = (id: string) => ask<{ id: string }>(`/api/v1/rules/changes/${id}/backtest`, 'POST');
export const readBackTest = (id: string) => ask<BackTestNote>(`/api/v1/rules/changes/${id}/backtest`, 'GET');
export const stopBackTest = (id: string) => ask<null>(`/api/v1/rules/changes/${id}/backtest`, 'DELETE');
export const activateChange = (id: string) => ask<{ ok: true }>(`/api/v1/rules/changes/${id}/activate`, 'POST');
export const endChange = (id: string, reason: string, restore: boolean) =>
	ask<{ ok: true }>(`/api/v1/rules/changes/${id}/end`, 'POST', { reason, restore });
