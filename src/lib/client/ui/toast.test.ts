import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Toasts } from './toast.svelte.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const texts = ({ list }: Toasts) => list.map(({ text }) => text);

test('a notice with a way back goes by itself like any other', () => {
	const toasts = new Toasts();
	toasts.show('已核实 1 条', { action: { label: '撤销', run: () => undefined } });
	vi.advanceTimersByTime(8000);
	expect(texts(toasts)).toEqual([]);
});

test('trouble stays until somebody has read it', () => {
	const toasts = new Toasts();
	toasts.show('没有成功', { tone: 'trouble' });
	vi.advanceTimersByTime(3_600_000);
	expect(texts(toasts)).toEqual(['没有成功']);
});

test('whoever points at a notice or reaches it by the keyboard has all the time to use it', () => {
	const toasts = new Toasts();
	toasts.show('已核实 1 条');
	const [toast] = toasts.list;
	vi.advanceTimersByTime(7000);
	toasts.hold(toast!);
	vi.advanceTimersByTime(60_000);
	expect(texts(toasts)).toEqual(['已核实 1 条']);
	toasts.release(toast!);
	vi.advanceTimersByTime(8000);
	expect(texts(toasts)).toEqual([]);
});
