// May this principal do this, to this? The one place that answers. What is not permitted is denied.

import { DISTRICT_WIDE, type Action } from './action.ts';
import { ROLE_MAY, TOKEN_MAY } from './matrix.ts';
import type { Grant, Narrowing, Principal } from './principal.ts';
import { reaches, type LayerClass, type Scope } from './scope.ts';

/** What is acted on, as far as it decides. A field that is absent does not narrow; null town: the whole district. */
export interface Resource {
	townCode?: string | null;
	/** Of the grid its site lies in: what a grant for one grid reaches. */
	gridCode?: string | null;
	layer?: LayerClass;
	siteId?: string;
	deviceId?: string;
	quantity?: string;
}

export type Verdict = { ok: true } | { ok: false; reason: DenyReason };

/**
 * `anonymous`: sign in first. `pending`: finish signing in. `role`: not for this kind of user. The others: permitted, but
 * not here or not on this.
 */
export type DenyReason = 'anonymous' | 'pending' | 'role' | 'area' | 'layer' | 'site' | 'device' | 'quantity';

const OK: Verdict = { ok: true };
const deny = (reason: DenyReason): Verdict => ({ ok: false, reason });

/**
 * Answers by the tables of `matrix.ts` and the area, layers and narrowing of the principal.
 * Without a resource the question is whether the action is open to the principal anywhere at all; for an action on the
 * whole district, whether it is open there.
 */
export function authorize(principal: Principal, action: Action, about: Resource = {}): Verdict {
	const isOfDistrict = DISTRICT_WIDE.has(action);
	const resource: Resource = isOfDistrict ? { townCode: null, ...about } : about;
	switch (principal.kind) {
		case 'anonymous':
			return deny('anonymous');
		case 'person':
			if (principal.pending) return deny('pending');
			return byGrants(
				principal.grants.filter((grant) => ROLE_MAY[grant.role].includes(action)),
				resource,
			);
		case 'token':
			if (!TOKEN_MAY[principal.scope].includes(action)) return deny('role');
			if (!inAreas(principal.areas, resource)) return deny('area');
			if (resource.layer && !PROGRAM_LAYERS.includes(resource.layer)) return deny('layer');
			if (isOfDistrict && principal.siteIds) return deny('site');
			if (isOfDistrict && principal.deviceIds) return deny('device');
			return byNarrowing(principal, resource);
		case 'device':
			if (!ROLE_MAY.device.includes(action)) return deny('role');
			return byNarrowing(principal, resource);
		case 'wall':
			if (!ROLE_MAY.wall.includes(action)) return deny('role');
			if (!inAreas(principal.areas, resource)) return deny('area');
			return resource.layer && !WALL_LAYERS.includes(resource.layer) ? deny('layer') : OK;
	}
}

/** Layers programs and walls may see: neither personal data nor restricted geodata. */
const PROGRAM_LAYERS: readonly LayerClass[] = ['public', 'supervision'];
const WALL_LAYERS: readonly LayerClass[] = ['public', 'supervision'];

/**
 * What a principal may see, for the repositories. A person with several seeing grants gets all their areas, but only
 * the layers that every one of them opens: a class granted in one town must not open in another.
 */
export function scopeOf(principal: Principal): Scope {
	switch (principal.kind) {
		case 'person': {
			if (principal.pending) return NOTHING;
			const seeing = principal.grants.filter(({ role }) => ROLE_MAY[role].includes('register:read'));
			const layers = seeing[0]?.layers.filter((layer) => seeing.every((grant) => grant.layers.includes(layer)));
			return { kind: 'areas', areas: seeing.map(({ area }) => area), layers: layers ?? [] };
		}
		case 'token': {
			const sees = TOKEN_MAY[principal.scope].includes('register:read');
			const narrowed = principal.siteIds && { siteIds: principal.siteIds };
			return sees ? { kind: 'areas', areas: principal.areas, layers: PROGRAM_LAYERS, ...narrowed } : NOTHING;
		}
		case 'wall':
			return { kind: 'areas', areas: principal.areas, layers: WALL_LAYERS };
		case 'device':
		case 'anonymous':
			return NOTHING;
	}
}

const NOTHING: Scope = { kind: 'areas', areas: [], layers: [] };

function byGrants(permitting: readonly Grant[], resource: Resource): Verdict {
	if (permitting.length === 0) return deny('role');
	const here = permitting.filter(({ area }) => inAreas([area], resource));
	if (here.length === 0) return deny('area');
	const { layer } = resource;
	return layer && !here.some(({ layers }) => layers.includes(layer)) ? deny('layer') : OK;
}

function inAreas(areas: readonly string[], { townCode, gridCode }: Resource): boolean {
	if (townCode === undefined) return areas.length > 0;
	return reaches({ kind: 'areas', areas, layers: [] }, townCode, null, gridCode);
}

function byNarrowing({ siteIds, deviceIds, quantities }: Narrowing, resource: Resource): Verdict {
	if (outside(siteIds, resource.siteId)) return deny('site');
	if (outside(deviceIds, resource.deviceId)) return deny('device');
	return outside(quantities, resource.quantity) ? deny('quantity') : OK;
}

function outside(allowed: readonly string[] | undefined, asked: string | undefined): boolean {
	return allowed !== undefined && asked !== undefined && !allowed.includes(asked);
}
