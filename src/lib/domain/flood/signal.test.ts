import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isPastExpiry, settleSignal, type ReceivedMessage } from './signal.ts';

const at = (clock: string) => new Date(`2026-07-10T${clock}:00+08:00`);

function message(more: Partial<ReceivedMessage> = {}): ReceivedMessage {
	const sentAt = more.sentAt ?? at('08:00');
	return {
		source: 'cap:xs',
		externalId: 'A',
		revision: +sentAt,
		act: 'issue',
		refs: [],
		issuer: '萧山区气象台',
		kind: 'rainstorm',
		colour: 'yellow',
		event: '暴雨',
		headline: '',
		body: '',
		instruction: '',
		expiresAt: null,
		isExercise: false,
		area: { text: '萧山区', polygons: null, codes: ['330109'], isWhole: false },
		problems: [],
		receivedAt: sentAt,
		...more,
		sentAt,
	};
}
const issue = message();
const upgrade = message({ externalId: 'B', act: 'change', refs: ['A'], sentAt: at('09:00'), colour: 'orange' });
const lift = message({ externalId: 'C', act: 'lift', refs: ['A', 'B'], sentAt: at('12:00') });

describe('a signal', () => {
	test('is active from its issue', () => {
		expect(settleSignal([issue])).toMatchObject({ state: 'active', changedAt: null, liftedAt: null });
	});

	test('takes the colour of its newest change', () => {
		const signal = settleSignal([issue, upgrade]);
		expect([signal.now.colour, signal.issuedAt, signal.changedAt]).toEqual(['orange', at('08:00'), at('09:00')]);
	});

	test('is lifted by a lift, and remembers what it was', () => {
		const signal = settleSignal([issue, upgrade, lift]);
		expect([signal.state, signal.liftedAt, signal.now.colour]).toEqual(['lifted', at('12:00'), 'orange']);
	});

	test('of which only the lift has come is shown to nobody, and is lifted once its issue follows', () => {
		expect(settleSignal([lift]).state).toBe('empty');
		expect(settleSignal([lift, issue])).toMatchObject({ state: 'lifted', issuedAt: at('08:00') });
	});

	test('that is changed after a lift holds again', () => {
		const again = message({ externalId: 'D', act: 'change', sentAt: at('13:00'), colour: 'red' });
		expect(settleSignal([issue, lift, again])).toMatchObject({ state: 'active', now: { colour: 'red' } });
	});

	test('does not end by itself when its expected end has passed', () => {
		const short = message({ expiresAt: at('10:00') });
		const signal = settleSignal([short]);
		expect(signal.state).toBe('active');
		expect([isPastExpiry(signal, at('09:59')), isPastExpiry(signal, at('10:01'))]).toEqual([false, true]);
	});

	test('that was over already when it came is kept, never raised', () => {
		const old = message({ expiresAt: at('10:00'), receivedAt: at('11:00') });
		expect(settleSignal([old]).state).toBe('expired');
	});

	test('issued before midnight and lifted after it keeps both days', () => {
		const late = message({ sentAt: new Date('2026-07-10T23:50:00+08:00') });
		const over = message({ externalId: 'Z', act: 'lift', sentAt: new Date('2026-07-11T00:10:00+08:00') });
		const signal = settleSignal([over, late]);
		expect(signal.issuedAt.toISOString()).toBe('2026-07-10T15:50:00.000Z');
		expect(signal.liftedAt?.toISOString()).toBe('2026-07-10T16:10:00.000Z');
	});

	test('is the same however its messages arrive, late or repeated', () => {
		const all = [
			issue,
			upgrade,
			lift,
			message({ externalId: 'E', act: 'change', sentAt: at('08:30'), colour: 'blue' }),
		];
		const arrival = fc.array(fc.constantFrom(...all), { minLength: 0, maxLength: 12 });
		fc.assert(
			fc.property(arrival, fc.nat(), (extra, turn) => {
				const heap = [...extra, ...all];
				const turned = [...heap.slice(turn % heap.length), ...heap.slice(0, turn % heap.length)].reverse();
				expect(settleSignal(turned)).toEqual(settleSignal(all));
			}),
		);
	});
});
