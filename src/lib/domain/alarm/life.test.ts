import { describe, expect, test } from 'vitest';
import { lifeRules } from '../../../../db/rules/alarm-life.ts';
import {
	bornAlarm,
	happen,
	HANDLINGS,
	move,
	openMoves,
	quietBecause,
	speaks,
	type Deed,
	type DeedKind,
	type Handling,
	type Life,
} from './life.ts';

const AT = Date.parse('2026-11-20T03:00:00Z');
const HOUR = 3_600_000;
const duty = { id: 'duty', name: '沈岚' };
const grid = { id: 'grid', name: '楼建国' };
const leader = { id: 'leader', name: '来志远' };

const taken = { acknowledgedLevel: 'warning', acknowledgedBy: duty } as const;
const shelf: NonNullable<Life['shelf']> = {
	...{ state: 'on', by: duty, second: null, reason: '检修', atMs: AT, untilMs: AT + HOUR, level: 'warning' },
};

/** An alarm in each state it can be in, at the level of a warning. */
function inState(handling: Handling, isActive: boolean, more: Partial<Life> = {}): Life {
	const people: Record<Handling, Partial<Life>> = {
		new: {},
		acknowledged: taken,
		assigned: { ...taken, assignee: grid },
		verified: { ...taken, assignee: grid, verifiedBy: leader },
		closed: taken,
	};
	return { ...bornAlarm('warning'), ...people[handling], handling, isActive, ...more };
}

const DEEDS: Record<DeedKind, Deed> = {
	acknowledge: { kind: 'acknowledge', by: duty },
	assign: { kind: 'assign', by: duty, to: grid, promisedMs: AT + HOUR },
	verify: { kind: 'verify', by: leader },
	close: { kind: 'close', by: duty },
	shelve: { kind: 'shelve', by: duty, reason: '检修', atMs: AT, untilMs: AT + HOUR },
	confirmShelf: { kind: 'confirmShelf', by: leader, atMs: AT },
	unshelve: { kind: 'unshelve', by: duty },
};

/** Every state × every move of a person: what it becomes, or why not. */
const TABLE: Record<string, Partial<Record<DeedKind, string>>> = {
	'new active': {
		...{ acknowledge: 'acknowledged', assign: 'assigned', verify: '✗ not-taken', close: '✗ still-active' },
	},
	'acknowledged active': {
		...{ acknowledge: '✗ already-acknowledged', assign: 'assigned', verify: '✗ still-active', close: '✗ still-active' },
	},
	'assigned active': {
		...{ acknowledge: '✗ already-acknowledged', assign: 'assigned', verify: '✗ still-active', close: '✗ still-active' },
	},
	'new over': { acknowledge: 'acknowledged', assign: 'assigned', verify: '✗ not-taken', close: '✗ not-taken' },
	'acknowledged over': {
		...{ acknowledge: '✗ already-acknowledged', assign: 'assigned', verify: 'verified', close: 'closed' },
	},
	'assigned over': {
		...{ acknowledge: '✗ already-acknowledged', assign: 'assigned', verify: 'verified', close: '✗ not-verified' },
	},
	'verified over': {
		acknowledge: '✗ already-acknowledged',
		assign: '✗ already-verified',
		verify: '✗ already-verified',
		close: 'closed',
	},
	'closed over': {
		...{ acknowledge: '✗ closed', assign: '✗ closed', verify: '✗ closed', close: '✗ closed' },
		...{ shelve: '✗ closed', confirmShelf: '✗ closed', unshelve: '✗ closed' },
	},
};

describe('every state and every move of a person', () => {
	const cases = Object.entries(TABLE).flatMap(([state, row]) =>
		(Object.keys(DEEDS) as DeedKind[]).map((deed) => {
			const [handling, condition] = state.split(' ') as [Handling, string];
			const onShelf = { shelve: handling, confirmShelf: '✗ not-shelved', unshelve: '✗ not-shelved' };
			return [state, deed, { ...onShelf, ...row }[deed]!, inState(handling, condition === 'active')] as const;
		}),
	);
	test('the table names every state that can be', () => {
		expect(new Set(cases.map(([state]) => state.split(' ')[0]))).toEqual(new Set(HANDLINGS));
		expect(cases).toHaveLength(8 * 7);
	});
	test.each(cases)('%s · %s → %s', (_, deed, expected, life) => {
		const moved = move(life, DEEDS[deed], lifeRules);
		expect(moved.ok ? moved.life.handling : `✗ ${moved.reason}`).toBe(expected);
	});
});

describe('danger', () => {
	const danger = (handling: Handling, more: Partial<Life> = {}) =>
		inState(handling, false, { level: 'danger', worst: 'danger', ...more });

	test('is not closed before somebody has verified that it is over', () => {
		expect(move(danger('acknowledged'), DEEDS.close, lifeRules)).toEqual({ ok: false, reason: 'not-verified' });
		expect(move(danger('verified'), DEEDS.close, lifeRules).ok).toBe(true);
	});
	test('is still danger for closing when it has eased to a warning', () => {
		expect(move(danger('acknowledged', { level: 'warning' }), DEEDS.close, lifeRules).ok).toBe(false);
	});
	test('that somebody has in hand is verified by another', () => {
		expect(move(danger('assigned'), { kind: 'verify', by: grid }, lifeRules)).toEqual({
			ok: false,
			reason: 'own-work',
		});
		expect(move(danger('assigned'), { kind: 'verify', by: leader }, lifeRules).ok).toBe(true);
	});
	test('goes on the shelf only when a second person agrees, and speaks until then', () => {
		const asked = move(danger('new', { isActive: true }), DEEDS.shelve, lifeRules);
		const life = asked.ok ? asked.life : bornAlarm('danger');
		expect(life.shelf?.state).toBe('asked');
		expect(speaks(life)).toBe(true);
		expect(move(life, { kind: 'confirmShelf', by: duty, atMs: AT }, lifeRules)).toEqual({
			ok: false,
			reason: 'second-person',
		});
		const agreed = move(life, DEEDS.confirmShelf, lifeRules);
		expect(agreed.ok && speaks(agreed.life)).toBe(false);
		expect(agreed.ok && agreed.life.shelf).toMatchObject({ state: 'on', by: duty, second: leader });
	});
});

describe('the shelf', () => {
	const shelve = (reason: string, hours: number) =>
		move(inState('new', true), { kind: 'shelve', by: duty, reason, atMs: AT, untilMs: AT + hours * HOUR }, lifeRules);
	test.each([
		['an hour with a reason', '传感器检修', 1, 'on'],
		['eight hours are the most', '传感器检修', 8, 'on'],
		['a minute more is too long', '传感器检修', 8 + 1 / 60, 'shelf-too-long'],
		['it ends in the future', '传感器检修', 0, 'shelf-too-long'],
		['blanks are no reason', '  ', 1, 'no-reason'],
	])('%s', (_, reason, hours, expected) => {
		const moved = shelve(reason, hours);
		expect(moved.ok ? moved.life.shelf?.state : moved.reason).toBe(expected);
	});
	test('keeps quiet, and brings the alarm back as news when it runs out', () => {
		const lying = inState('acknowledged', true, { shelf });
		expect(quietBecause(lying)).toBe('shelved');
		const back = happen(lying, { kind: 'shelfExpired' }, lifeRules);
		expect(speaks(back)).toBe(true);
	});
	test('an alarm that is over meanwhile closes by itself when it runs out, danger does not', () => {
		const over = inState('new', false, { shelf });
		expect(happen(over, { kind: 'shelfExpired' }, lifeRules).handling).toBe('closed');
		expect(happen({ ...over, worst: 'danger' }, { kind: 'shelfExpired' }, lifeRules).handling).toBe('new');
	});
	test('a worse occurrence does not wait for it', () => {
		const worse = happen(inState('new', true, { shelf }), { kind: 'changed', level: 'danger' }, lifeRules);
		expect(worse.shelf).toBeNull();
		expect(speaks(worse)).toBe(true);
	});
});

describe('what happens to an alarm', () => {
	test.each<[string, Life, Parameters<typeof happen>[1], Partial<Life>]>([
		[
			'a worse occurrence of what was acknowledged speaks again',
			inState('acknowledged', true),
			{ kind: 'changed', level: 'danger' },
			{ handling: 'new', worst: 'danger' },
		],
		[
			'a lighter one does not',
			inState('acknowledged', true),
			{ kind: 'changed', level: 'notice' },
			{ handling: 'acknowledged', worst: 'warning' },
		],
		[
			'who has it in hand keeps it when it gets worse',
			inState('assigned', true),
			{ kind: 'changed', level: 'danger' },
			{ handling: 'new', assignee: grid },
		],
		[
			'coming back soon is the same alarm and counts as flapping',
			inState('acknowledged', false),
			{ kind: 'raised', level: 'warning', calmMs: 60_000 },
			{ handling: 'acknowledged', flaps: 1, isActive: true },
		],
		[
			'coming back after long is news',
			inState('acknowledged', false),
			{ kind: 'raised', level: 'warning', calmMs: 3 * HOUR },
			{ handling: 'new', flaps: 1 },
		],
		[
			'coming back after it was verified is news at once',
			inState('verified', false),
			{ kind: 'raised', level: 'warning', calmMs: 1000 },
			{ handling: 'new', verifiedBy: null },
		],
		[
			'one more of what people must hear of one by one is news',
			inState('acknowledged', true),
			{ kind: 'recurred' },
			{ handling: 'new', acknowledgedBy: null, isActive: true },
		],
		[
			'also to who has it in hand',
			inState('assigned', true),
			{ kind: 'recurred' },
			{ handling: 'new', assignee: grid },
		],
		[
			'being over leaves what people did',
			inState('assigned', true),
			{ kind: 'cleared' },
			{ handling: 'assigned', isActive: false },
		],
		[
			'a warning that is over closes by itself',
			inState('acknowledged', false),
			{ kind: 'lingered' },
			{ handling: 'closed' },
		],
		['also when nobody noticed', inState('new', false), { kind: 'lingered' }, { handling: 'closed' }],
		['but not while it holds', inState('new', true), { kind: 'lingered' }, { handling: 'new' }],
		['nor when somebody has it in hand', inState('assigned', false), { kind: 'lingered' }, { handling: 'assigned' }],
		[
			'danger waits for a person',
			inState('acknowledged', false, { worst: 'danger' }),
			{ kind: 'lingered' },
			{ handling: 'acknowledged' },
		],
		['a silent gateway explains it', inState('new', true), { kind: 'suppressed', by: 'p' }, { suppressedBy: 'p' }],
		[
			'until it is heard again',
			inState('new', true, { suppressedBy: 'p' }),
			{ kind: 'released' },
			{ suppressedBy: null },
		],
		[
			'what is closed is not touched',
			inState('closed', false),
			{ kind: 'raised', level: 'danger', calmMs: 0 },
			{ handling: 'closed', isActive: false },
		],
	])('%s', (_, life, happening, expected) => {
		expect(happen(life, happening, lifeRules)).toMatchObject(expected);
	});

	test('suppressed, out of service or shelved it asks for nobody', () => {
		expect(speaks(inState('new', true))).toBe(true);
		expect(speaks(inState('new', true, { suppressedBy: 'p' }))).toBe(false);
		expect(speaks(inState('new', true, { isOutOfService: true }))).toBe(false);
		expect(speaks(inState('new', true, { shelf }))).toBe(false);
	});
});

test('a card offers only what may be done now', () => {
	expect(openMoves(inState('new', true), lifeRules, leader, AT)).toEqual(['acknowledge', 'assign', 'shelve']);
	expect(openMoves(inState('verified', false), lifeRules, leader, AT)).toEqual(['close', 'shelve']);
	expect(openMoves(inState('closed', false), lifeRules, leader, AT)).toEqual([]);
});
