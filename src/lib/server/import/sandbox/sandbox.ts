// The thread that files are read in: limited in memory and time, and gone when it misbehaves. A file that breaks it
// breaks nothing else.

import { importRules } from '#db/rules/import.ts';
import { Fault } from '../../errors.ts';
import { openThread } from '../../program.ts';
import { tooLarge, unreadable } from '../upload.ts';
import type { OrderName, Orders, Reply } from './protocol.ts';

export interface Sandbox {
	ask<K extends OrderName>(order: K, ask: Orders[K]['ask']): Promise<Orders[K]['answer']>;
	close(): Promise<void>;
}

export interface SandboxLimits {
	memoryMb: number;
	/** For each order: what the database takes in between does not count. */
	deadlineS: number;
}

const LIMITS: SandboxLimits = { memoryMb: importRules.memory.value, deadlineS: importRules.deadline.value };

/** @param name - of the file, as the person knows it; every fault is about it */
export function openSandbox(name: string, { memoryMb, deadlineS }: SandboxLimits = LIMITS): Sandbox {
	const worker = openThread('src/lib/server/import/sandbox/worker.ts', {
		resourceLimits: { maxOldGenerationSizeMb: memoryMb },
		env: {},
		execArgv: [],
	});
	let ended: Error | undefined;
	let deadline: NodeJS.Timeout | undefined;
	let waiting: { resolve: (answer: unknown) => void; reject: (error: Error) => void } | undefined;

	const end = (error: Error): void => {
		ended ??= error;
		clearTimeout(deadline);
		waiting?.reject(ended);
		waiting = undefined;
		void worker.terminate();
	};
	const overrun = (): void => {
		end(
			tooLarge(
				name,
				`${deadlineS} 秒内未能读完文件，已停止。`,
				`The file was not read within ${deadlineS} s and is left alone.`,
			),
		);
	};

	worker.on('message', (reply: Reply) => {
		clearTimeout(deadline);
		const asked = waiting;
		waiting = undefined;
		if (reply.ok) asked?.resolve(reply.answer);
		else if ('fault' in reply) {
			const { code, subject, message, details } = reply.fault;
			asked?.reject(new Fault(code, subject, message, { details }));
		} else asked?.reject(new Error(`Import sandbox: ${reply.bug}`));
	});
	worker.on('error', (error: Error & { code?: string }) => {
		end(
			error.code === 'ERR_WORKER_OUT_OF_MEMORY'
				? tooLarge(name, '读取文件所需内存过大，已停止。', 'Reading the file takes too much memory; it is left alone.')
				: unreadable(
						name,
						'读取文件时出错，已停止；数据未改动。',
						'Reading the file failed; nothing was changed.',
						error,
					),
		);
	});
	worker.on('exit', () => {
		end(
			unreadable(
				name,
				'读取文件的进程意外结束；数据未改动。',
				'The reader of the file ended unexpectedly; nothing was changed.',
			),
		);
	});

	return {
		ask(order, ask) {
			if (ended) return Promise.reject(ended);
			if (waiting) throw new Error('One order at a time.');
			return new Promise((resolve, reject) => {
				waiting = { resolve: resolve as (answer: unknown) => void, reject };
				deadline = setTimeout(overrun, deadlineS * 1000);
				const bytes = order === 'read' ? (ask as Orders['read']['ask']).bytes : undefined;
				const owned = bytes && bytes.byteLength === bytes.buffer.byteLength ? [bytes.buffer as ArrayBuffer] : [];
				worker.postMessage({ do: order, ask }, owned);
			});
		},
		async close() {
			ended ??= new Error('The sandbox was closed.');
			clearTimeout(deadline);
			await worker.terminate();
		},
	};
}
