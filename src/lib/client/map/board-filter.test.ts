import { describe, expect, test } from 'vitest';
import { levelCode, type Level } from '#lib/domain/level.ts';
import { OBJECT_KINDS, type ObjectKind } from '#lib/domain/picture/columns.ts';
import { NO_FILTERS, type Filters } from '../view-url.ts';
import { aBoard } from './board-fixture.ts';
import { boardFilter } from './board-filter.ts';

const shown = (filters: Partial<Filters>, no: number, kind: ObjectKind, level: Level = 'normal') =>
	boardFilter(aBoard(), { ...NO_FILTERS, ...filters }).isShown?.(no, levelCode(level), OBJECT_KINDS.indexOf(kind)) ??
	true;

describe('filters', () => {
	test.each([
		['no filter shows everything', {}, 13, 'towerCrane', 'unknown', true],
		['a town shows its site', { town: ['330109001'] }, 1, 'site', 'normal', true],
		['a town hides the others', { town: ['330109001'] }, 2, 'site', 'normal', false],
		['a machine goes with its site', { town: ['330109001'] }, 13, 'towerCrane', 'normal', false],
		['a pit goes with its site', { state: ['stopped'] }, 21, 'pit', 'normal', false],
		['a point goes with its site', { state: ['active'] }, 31, 'monitorPoint', 'normal', true],
		['a level is asked of the object itself', { level: ['danger'] }, 11, 'towerCrane', 'danger', true],
		['and hides what is calmer', { level: ['danger'] }, 11, 'towerCrane', 'warning', false],
		['a kind hides other machines', { kind: ['hoist'] }, 11, 'towerCrane', 'normal', false],
		['but keeps the sites they stand on', { kind: ['hoist'] }, 1, 'site', 'normal', true],
		['a stage nobody is in hides all', { stage: ['finishing'] }, 1, 'site', 'normal', false],
	] as const)('%s', (_, filters, no, kind, level, expected) => {
		expect(shown(filters, no, kind, level)).toBe(expected);
	});
});
