// The description of the doors of coverage, patrol, field work and grids.

import { toJsonSchema } from '@valibot/to-json-schema';
import type { GenericSchema } from 'valibot';
import { RoundWish } from '#lib/contract/coverage.ts';
import { FieldItems } from '#lib/contract/field.ts';
import { GridChanges } from '#lib/contract/grids.ts';
import { QuotaWish, StaffEdit, StaffUndo } from '#lib/contract/staff.ts';
import { DrawWish, EmergencyWish, PlanChange, PlanWish } from '#lib/contract/patrol.ts';

const schemaOf = (schema: GenericSchema): object => {
	const { $schema: _dialect, ...rest } = toJsonSchema(schema, { errorMode: 'ignore' });
	return rest;
};
const json = (schema: object) => ({ 'application/json': { schema } });
const text = { type: 'string' } as const;
const uuid = { type: 'string', format: 'uuid' } as const;
const query = (name: string, schema: object, description: string) => ({ name, in: 'query', schema, description });
const ID = [{ name: 'id', in: 'path', required: true, schema: uuid }];

/** @param failures - answers every door may give */
export function patrolPaths(failures: object): Record<string, object> {
	const answers = (description: string, content: object = json({ type: 'object' })) => ({
		200: { description, content },
		404: { $ref: '#/components/responses/failure' },
		409: { $ref: '#/components/responses/failure' },
		...failures,
	});
	const reads = (summary: string, parameters: object[] = []) => ({
		summary,
		parameters,
		responses: answers('The answer'),
	});
	const takes = (summary: string, schema: GenericSchema | null, parameters: object[] = []) => ({
		summary,
		parameters,
		...(schema ? { requestBody: { required: true, content: json(schemaOf(schema)) } } : {}),
		responses: answers('What was done'),
	});
	return {
		'/api/v1/coverage': {
			get: reads('The coverage ledger: rounds on three axes with forecast, sites with due day and its terms'),
		},
		'/api/v1/coverage/rules': {
			get: reads(
				'The numbers and days of coverage: source, what the bureau has set itself, what a draft would change today',
			),
		},
		'/api/v1/coverage/rounds': { post: takes('Makes the rounds of a year, a campaign or a key period', RoundWish) },
		'/api/v1/coverage/rounds/{id}': { post: takes('Ends a campaign; answers with its report', null, ID) },
		'/api/v1/coverage/rounds/{id}/report': {
			get: reads('The report of a campaign that has ended, as far as the caller may see its towns', [
				...ID,
				query('format', { enum: ['docx'] }, 'a DOCX; JSON unless told'),
			]),
		},
		'/api/v1/patrol/plans': {
			get: reads('Plans of the weeks around today; sealed ones tell how many stops they have, not where'),
			post: takes('Drafts a plan from what is due', PlanWish),
		},
		'/api/v1/patrol/plans/{id}': {
			get: reads('A plan; of a sealed one nothing that says where it goes', ID),
			put: takes('Keeps the order of visits and what is locked', PlanChange, ID),
			delete: takes('Throws a draft away', null, ID),
		},
		'/api/v1/patrol/plans/{id}/solve': {
			post: {
				...takes('Solves the plan: a line of JSON for every step, the plan in the last', null, [
					...ID,
					query('seconds', { type: 'number', minimum: 0 }, 'how long to search'),
					query('seed', { type: 'integer' }, 'the same seed draws the same chances'),
				]),
				responses: answers('Lines of JSON', { 'application/x-ndjson': { schema: { type: 'object' } } }),
			},
		},
		'/api/v1/patrol/plans/{id}/issue': { post: takes('Issues a plan', null, ID) },
		'/api/v1/patrol/plans/{id}/take-back': {
			post: takes('Takes an issued plan back as long as nobody has set out', null, ID),
		},
		'/api/v1/patrol/plans/{id}/emergency': {
			post: takes('Puts an emergency visit in, or says what it would change', EmergencyWish, ID),
		},
		'/api/v1/patrol/plans/{id}/roads': { get: reads('The roads of each route, where a router knows them', ID) },
		'/api/v1/patrol/draws': {
			get: reads('Draws by lot, newest first, abandoned ones included'),
			post: takes('Commits a draw: fixes the pool and publishes the hash of the seed', DrawWish),
		},
		'/api/v1/patrol/draws/{id}': {
			get: reads('A draw; seed and outcome only after it was revealed', ID),
			post: takes('Draws with the committed seed and issues the routes sealed', null, ID),
		},
		'/api/v1/patrol/people': { get: reads('Officers, places to start from, load of the rolling month') },
		'/api/v1/patrol/staff': {
			get: reads('Officers, experts, cars, places to start from, and what was changed in them'),
			post: takes('Takes the newest change of one of them back', StaffUndo),
		},
		'/api/v1/patrol/staff/{id}': {
			put: takes('Adds or changes one of them', StaffEdit, ID),
			delete: takes('Takes a place to start from out', null, ID),
		},
		'/api/v1/patrol/quotas': {
			post: takes('Sets how many visits an expert or an agency takes over a span of days', QuotaWish),
		},
		'/api/v1/patrol/quotas/{id}': { delete: takes('Ends a quota; it stays on record', null, ID) },
		'/api/v1/field/today': { get: reads('The package of the day for whoever asks') },
		'/api/v1/field/items': { post: takes('Takes in the queue of a phone; each line gets its own answer', FieldItems) },
		'/api/v1/field/photos': {
			post: {
				...takes('A photo as the body; hash, time and place of capture in the address', null, [
					query('id', uuid, 'made on the phone; sent again it changes nothing'),
					query('taken', { type: 'string', format: 'date-time' }, 'moment of capture'),
					query('sha256', text, 'of the bytes, in hexadecimal'),
					query('stop', uuid, 'stop it was taken at'),
					query('hazard', uuid, 'finding it shows'),
				]),
				requestBody: { required: true, content: { 'application/octet-stream': { schema: text } } },
			},
		},
		'/api/v1/field/photos/{id}': {
			get: { summary: 'A photo', parameters: ID, responses: answers('The photo', { 'image/*': { schema: text } }) },
		},
		'/api/v1/grids': {
			get: reads('Grids with ground, sites and load of their owners'),
			post: takes('Hands sites over with their ground, names owners', GridChanges),
		},
	};
}
