// The solver in the browser, away from the page's own thread.

import { Searcher, type ToSearcher } from './searcher.ts';

const searcher = new Searcher({
	say: (message) => postMessage(message),
	now: () => performance.now(),
	later: (work) => setTimeout(work),
});

addEventListener('message', ({ data }: MessageEvent<ToSearcher>) => searcher.hear(data));
