import { describe, expect, test } from 'vitest';
import { daysBetween } from './calendar.ts';
import { demoDistrict, TODAY } from './district.fixture.ts';
import type { MachineRow } from './rows.ts';

// JGJ/T 189-2009 3.0.2, written out again so that the district is not judged by the code that drew it.
function limitOf(machine: MachineRow): number | undefined {
	if (machine.kind === 'hoist') return 8;
	const moment = machine.rated_moment_knm;
	if (moment === null || moment === undefined) return undefined;
	return moment < 630 ? 10 : moment < 1250 ? 15 : 20;
}

function gradeOf(machine: MachineRow): string {
	const limit = limitOf(machine);
	if (limit === undefined || !machine.manufactured_on) return 'unknown';
	const years = daysBetween(machine.manufactured_on, TODAY) / 365.2425;
	if (years > limit) return machine.assessed_until && machine.assessed_until >= TODAY ? 'yellow' : 'red';
	return years > limit - (machine.kind === 'hoist' ? 2 : 3) ? 'yellow' : 'green';
}

const { machine } = demoDistrict();
const cranes = machine.filter(({ kind }) => kind === 'towerCrane');

describe('ages of the machines', () => {
	test('give every grade, green most often and red and unknown seldom', () => {
		const count = (grade: string) => machine.filter((entry) => gradeOf(entry) === grade).length;
		expect(count('green')).toBeGreaterThan(450);
		expect(count('yellow')).toBeGreaterThan(150);
		for (const rare of ['red', 'unknown']) {
			expect(count(rare)).toBeGreaterThan(25);
			expect(count(rare)).toBeLessThan(150);
		}
	});

	test.each([
		['below 630 kN·m', 0, 630],
		['from 630 to below 1,250 kN·m', 630, 1250],
		['from 1,250 kN·m', 1250, Infinity],
	])('tower cranes %s show red, yellow and green', (_, from, below) => {
		const grades = cranes
			.filter(
				({ rated_moment_knm: moment }) => moment !== null && moment !== undefined && moment >= from && moment < below,
			)
			.map(gradeOf);
		expect(new Set(grades)).toContain('green');
		expect(new Set(grades)).toContain('yellow');
		expect(grades.length).toBeGreaterThan(20);
	});

	test('cranes stand on both class limits themselves', () => {
		const moments = new Set(cranes.map((crane) => crane.rated_moment_knm));
		expect(moments).toContain(630);
		expect(moments).toContain(1250);
	});

	test('some are unknown for want of a factory day, some for want of a rated moment', () => {
		expect(machine.some((entry) => !entry.manufactured_on)).toBe(true);
		expect(cranes.some((crane) => crane.manufactured_on && crane.rated_moment_knm === null)).toBe(true);
	});
});
