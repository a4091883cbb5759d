import type { PageLoad } from './$types';

export const load: PageLoad = () => ({ wide: true });
