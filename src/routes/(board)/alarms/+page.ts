import type { PageLoad } from './$types';

/** What is selected is shown on the map; the column stays with the alarms. */
export const load: PageLoad = () => ({ keepsColumn: true });
