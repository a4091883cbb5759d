import { afterEach, expect, test, vi } from 'vitest';
import { ask } from './ask.ts';

afterEach(() => vi.unstubAllGlobals());

const answering = (body: BodyInit | null, init: ResponseInit) =>
	vi.stubGlobal('fetch', () => Promise.resolve(new Response(body, init)));
const JSON_TYPE = { 'content-type': 'application/json' };
/** A body whose connection is cut in the middle. */
const cut = () =>
	new ReadableStream({
		start(controller) {
			controller.enqueue(new TextEncoder().encode('{"id":'));
			controller.error(new TypeError('terminated'));
		},
	});

test('an answer that breaks off on the way is the network, not an empty answer', async () => {
	answering(cut(), { headers: JSON_TYPE });
	await expect(ask('/plan')).rejects.toThrow('网络中断');
});

test('an answer without content is none', async () => {
	answering(null, { status: 204 });
	expect(await ask('/plan', 'PUT', {})).toBeNull();
});

test('a refusal is the sentence of the server, or its status where the sentence broke off', async () => {
	answering('{"error":{"code":"x","message":"计划不存在"}}', { status: 404, headers: JSON_TYPE });
	await expect(ask('/plan')).rejects.toThrow('计划不存在');
	answering(cut(), { status: 502, headers: JSON_TYPE });
	await expect(ask('/plan')).rejects.toThrow('HTTP 502');
});
