import { describe, expect, test } from 'vitest';
import type { FieldDay, FieldStop } from '#lib/contract/field.ts';
import { actualTimes, draftMinutes } from './draft-minutes.ts';

const stop = (name: string, more: Partial<FieldStop>): FieldStop => ({
	...{ id: name, key: name, state: 'planned', startMin: 540, leaveMin: 580, isEmergency: false, driveMin: 10 },
	...{ reasons: [], departments: [], arrivedAt: null, leftAt: null, skipReason: null, confirmedBy: null },
	...{ recordedBy: null, findings: 0, hazards: [], machines: [], works: [], checklist: [] },
	site: {
		...{ id: name, name, address: null, at: [120.25, 30.15], boundary: null, stage: null, riskGrade: null },
		...{ contractor: null, owner: null, siteEngineer: null, contact: null },
	},
	...more,
});
const day = (stops: FieldStop[]): FieldDay => ({
	...{ planId: 'p', name: '日常', on: '2026-11-20', team: 't1', vehicle: null, isSealed: false, drawNo: null },
	officers: [
		{ id: '1', name: '甲' },
		{ id: '2', name: '乙' },
	],
	...{ departedAt: null, returnedAt: null, stops, count: stops.length, change: null, minutes: null },
});

describe('the draft of the minutes', () => {
	const text = draftMinutes(
		day([
			stop('湘湖里', { state: 'done', arrivedAt: '2026-11-20T01:12:00Z', findings: 2 }),
			stop('金城花园', { state: 'done', arrivedAt: '2026-11-20T02:30:00Z' }),
			stop('钱江云庭', { state: 'skipped', skipReason: '大门上锁', startMin: 660 }),
			stop('未到之处', { startMin: 720 }),
		]),
	);
	const lines = text.split('\n');

	test('begins with who went, how many of how many stops were made and what was found', () => {
		expect(lines[0]).toMatch(/2026-11-20.*甲、乙/);
		expect(lines[0]).toMatch(/2.*4.*2/);
	});

	test('tells of each stop when it really was, of those not made when it was planned and why not', () => {
		expect(lines.slice(1)).toHaveLength(4);
		expect(lines[1]).toMatch(/^1\. 09:12 湘湖里：.*2/);
		expect(lines[2]).toMatch(/^2\. 10:30 金城花园：/);
		expect(lines[3]).toMatch(/^3\. 11:00 钱江云庭：.*大门上锁/);
		expect(lines[4]).toMatch(/^4\. 12:00 未到之处：/);
	});

	test('never says that nothing was found where nobody was', () => {
		const nothing = lines[2]!.split('：')[1]!;
		expect(lines[3]).not.toContain(nothing);
		expect(lines[4]).not.toContain(nothing);
	});
});

describe('a stop that was made', () => {
	const lineOf = (more: Partial<FieldStop>) =>
		draftMinutes(day([stop('湘湖里', { state: 'done', ...more })])).split('\n');
	const nothing = lineOf({ result: 'passed' })[1]!.split('：')[1]!;

	test('is told by what it came to: work that was stopped, and lines of the checklist that were wrong', () => {
		const told = [
			lineOf({ result: 'stopWork', findings: 1 }),
			lineOf({ result: 'stopWork' }),
			lineOf({ result: 'rectify' }),
			lineOf({ result: 'rectify', findings: 1 }),
		].map((lines) => lines[1]!.split('：')[1]!);
		expect(told).not.toContain(nothing);
		expect(new Set(told).size).toBe(4);
	});

	test('names what was found there, and not what others had found before', () => {
		const hazard = { category: 'fire', isMajor: false, foundOn: '2026-11-20', isRectified: false, photos: [] };
		const hazards = [
			{ ...hazard, id: 'new', description: '配电箱未上锁', dueOn: '2026-11-27', foundAtStop: '湘湖里' },
			{ ...hazard, id: 'old', description: '早先的隐患', dueOn: null, foundAtStop: null },
		];
		const lines = lineOf({ result: 'rectify', findings: 1, hazards });
		expect(lines[2]).toMatch(/配电箱未上锁.*2026-11-27/);
		expect(lines.join()).not.toContain('早先的隐患');
	});
});

test('what was given up for an emergency is told as that', () => {
	const given = { ...day([]), givenUp: [{ name: '金城花园', startMin: 600, leaveMin: 640 }] };
	expect(draftMinutes(given).split('\n')[1]).toMatch(/金城花园/);
});

test('beside the plan stands from when to when somebody was there, and a word where nobody was', () => {
	const arrivedAt = '2026-11-20T01:12:00Z';
	expect(actualTimes({ arrivedAt, leftAt: '2026-11-20T01:52:00Z' })).toBe('09:12–09:52');
	expect(actualTimes({ arrivedAt, leftAt: null })).toBe('09:12–');
	expect(actualTimes({ arrivedAt: null, leftAt: null })).toMatch(/\p{L}/u);
});
