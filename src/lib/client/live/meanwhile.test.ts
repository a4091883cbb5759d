import { expect, test } from 'vitest';
import { Meanwhile } from './meanwhile.ts';

test('each of two questions knows what was told since it was asked, and nothing is kept for one that is over', () => {
	const meanwhile = new Meanwhile();
	meanwhile.tell('before');
	const first = meanwhile.begin();
	meanwhile.tell('a');
	const second = meanwhile.begin();
	meanwhile.tell('b');
	meanwhile.end(first);
	meanwhile.tell('c');
	expect([...first]).toEqual(['a', 'b']);
	expect([...second]).toEqual(['b', 'c']);
});
