// 44 geometries × 12 questions on both databases: what our own check lets through is answered, and answered alike;
// what it refuses ends in an answer or an error if it ever got past, never in an empty success.

import { sql, type RawBuilder } from 'kysely';
import { expect, test } from 'vitest';
import { checkGeometry } from '#lib/domain/geometry/check-geometry.ts';
import { CORPUS } from '../geometry-corpus.ts';
import { onBoth } from './both.ts';

/** A district's corner to ask against. */
const WINDOW = sql`st_makeenvelope(120.262, 30.182, 120.269, 30.189, 4326)`;

const QUESTIONS: Record<string, (g: RawBuilder<unknown>) => RawBuilder<unknown>> = {
	valid: (g) => sql`st_isvalid(${g})`,
	simple: (g) => sql`st_issimple(${g})`,
	area: (g) => sql`st_area(${g}::geography)`,
	distance: (g) => sql`st_distance(${g}, ${WINDOW})`,
	intersects: (g) => sql`st_intersects(${g}, ${WINDOW})`,
	covers: (g) => sql`st_covers(${WINDOW}, ${g})`,
	intersection: (g) => sql`st_area(st_intersection(${g}, ${WINDOW}))`,
	union: (g) => sql`st_area(st_union(${g}, ${WINDOW}))`,
	difference: (g) => sql`st_area(st_difference(${WINDOW}, ${g}))`,
	buffer: (g) => sql`st_area(st_buffer(${g}, 0.001))`,
	centroid: (g) => sql`st_astext(st_centroid(${g}), 6)`,
	repaired: (g) => sql`st_area(st_makevalid(${g}))`,
};

const ERROR = 'error';
/** Per cell what the first database answered. */
const first = new Map<string, unknown>();

onBoth('the grid of geometries and questions', (database) => {
	test('has 44 × 12 cells', () => {
		expect([Object.keys(CORPUS).length, Object.keys(QUESTIONS).length]).toEqual([44, 12]);
	});

	test.each(Object.entries(CORPUS))(
		'F-44 F-14 %s',
		async (name, geometry) => {
			const isAccepted = checkGeometry(geometry).ok;
			const text = sql`st_setsrid(st_geomfromgeojson(${JSON.stringify(geometry)}::text), 4326)`;
			const answers: Record<string, unknown> = {};
			for (const [question, ask] of Object.entries(QUESTIONS)) {
				// An answer of its own, so that an empty result is told from an empty value.
				answers[question] = await sql<{ here: number; answer: unknown }>`select 1 as here, ${ask(text)} as answer`
					.execute(database().read)
					.then(({ rows }) => {
						expect(rows.map(({ here }) => here)).toEqual([1]);
						const { answer } = rows[0]!;
						return typeof answer === 'number' ? Number(answer.toPrecision(6)) : answer;
					})
					.catch((error: unknown) => {
						if (error instanceof Error && error.name === 'AssertionError') throw error;
						return ERROR;
					});
			}
			if (isAccepted) expect(Object.entries(answers).filter(([, answer]) => answer === ERROR)).toEqual([]);
			expect(Object.keys(answers)).toEqual(Object.keys(QUESTIONS));
			const before = first.get(name);
			if (before === undefined) first.set(name, answers);
			else if (isAccepted) expect(answers).toEqual(before);
		},
		240_000,
	);
});
