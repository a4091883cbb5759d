import { authorize } from '#lib/domain/access/authorize.ts';
import { baseMapOf } from '#lib/server/basemap/own-base.ts';
import { repeatSoundS } from '#lib/server/alarms/desk-settings.ts';
import type { LayoutServerLoad } from './$types';

/** Who looks at the board and what they may do there; the doors have let them in already. */
export const load: LayoutServerLoad = ({ locals: { principal, runtime } }) => ({
	base: baseMapOf(runtime.config),
	district: runtime.config.DISTRICT,
	person: 'name' in principal ? principal.name : null,
	personId: principal.kind === 'person' ? principal.id : null,
	repeatSoundS,
	may: {
		acknowledge: authorize(principal, 'alarm:acknowledge').ok,
		reveal: authorize(principal, 'personal:reveal').ok,
		edit: authorize(principal, 'register:edit').ok,
		handle: authorize(principal, 'alarm:handle').ok,
		shelve: authorize(principal, 'alarm:shelve').ok,
		service: authorize(principal, 'device:service').ok,
		comment: authorize(principal, 'alarm:comment').ok,
		handover: authorize(principal, 'handover:sign').ok,
		duty: authorize(principal, 'duty:manage').ok,
		import: authorize(principal, 'import:draft').ok,
		repair: authorize(principal, 'telemetry:repair').ok,
		coverage: authorize(principal, 'coverage:read').ok,
		patrol: authorize(principal, 'patrol:read').ok,
		plan: authorize(principal, 'patrol:plan').ok,
		staff: authorize(principal, 'patrol:staff').ok,
		grids: authorize(principal, 'grid:read').ok,
		balance: authorize(principal, 'grid:manage').ok,
		field: authorize(principal, 'patrol:field').ok,
		floodDirect: authorize(principal, 'flood:direct').ok,
		floodRule: authorize(principal, 'flood:rule').ok,
		floodFeed: authorize(principal, 'flood:feed').ok,
		floodLedger: authorize(principal, 'flood:ledger').ok,
	},
});
