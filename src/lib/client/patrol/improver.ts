// The planner's hand on the worker that searches: orders go out, answers to old ones are not heard.

import type { FromSearcher, SearchOrder, ToSearcher } from './searcher.ts';
import SearchWorker from './search.worker.ts?worker';

export interface Improver {
	order(order: Omit<SearchOrder, 'kind' | 'id'>): void;
	stop(): void;
	end(): void;
}

interface Ears {
	progress: (how: { done: number; cost: number; iterations: number }) => void;
	done: (found: Omit<Extract<FromSearcher, { kind: 'done' }>, 'kind' | 'id'>) => void;
	fault: (message: string) => void;
}

export function improver({ progress, done, fault }: Ears): Improver {
	const worker = new SearchWorker();
	let last = 0;
	worker.onmessage = ({ data: { id, ...said } }: MessageEvent<FromSearcher>) => {
		if (id !== last) return;
		if (said.kind === 'progress') progress(said);
		else if (said.kind === 'done') done(said);
		else fault(said.message);
	};
	worker.onerror = ({ message }) => fault(message);
	const tell = (message: ToSearcher) => worker.postMessage(message);
	return {
		order: (order) => tell({ ...order, kind: 'search', id: ++last }),
		stop: () => tell({ kind: 'stop' }),
		end: () => worker.terminate(),
	};
}
