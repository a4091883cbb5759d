import { authorize } from '#lib/domain/access/authorize.ts';
import type { LayoutServerLoad } from './$types';

/** Who looks at the board and what they may do there; the doors have let them in already. */
export const load: LayoutServerLoad = ({ locals: { principal } }) => ({
	person: 'name' in principal ? principal.name : null,
	may: {
		acknowledge: authorize(principal, 'alarm:acknowledge').ok,
		import: authorize(principal, 'import:draft').ok,
	},
});
