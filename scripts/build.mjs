// `npm run build`: installs what is missing and builds when a source has changed.

import { ensureBuilt, ensureInstalled } from './setup.mjs';
import { main } from './steps.mjs';

await main(async () => {
	await ensureInstalled();
	await ensureBuilt();
});
