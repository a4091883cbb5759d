// The description of the doors of rules, of the section of a pit, and of the health file of a machine.

import { toJsonSchema } from '@valibot/to-json-schema';
import type { GenericSchema } from 'valibot';
import { DangerEnd, DangerWish, WalkWish, ZeroingWish } from '#lib/contract/pit-section.ts';
import { EndWish, RuleQuestion, RuleWish } from '#lib/contract/rule.ts';

const schemaOf = (schema: GenericSchema): object => {
	const { $schema: _dialect, ...rest } = toJsonSchema(schema, { errorMode: 'ignore' });
	return rest;
};
const json = (schema: object) => ({ 'application/json': { schema } });
const id = { name: 'id', in: 'path', required: true, schema: { type: 'string', format: 'uuid' } };

/** @param failures - answers every door may give */
export function rulePaths(failures: object): Record<string, object> {
	const door = (summary: string, status: number, description: string, body?: GenericSchema) => ({
		summary,
		...(body ? { requestBody: { required: true, content: json(schemaOf(body)) } } : {}),
		responses: {
			[status]: { description, ...(status === 204 ? {} : { content: json({ type: 'object' }) }) },
			...failures,
		},
	});
	const of = <T extends object>(operation: T) => ({ ...operation, parameters: [id] });
	return {
		'/api/v1/rules': {
			get: door('Rules with numbers, sources, changes and back-tests', 200, 'rules, may, signals'),
			post: door('Drafts a change of a rule; nothing is in force by it', 201, 'id', RuleWish),
		},
		'/api/v1/rules/devices': { post: door('The devices a change would reach', 200, 'devices, total', RuleQuestion) },
		'/api/v1/rules/changes/{id}': { delete: of(door('Puts a draft away', 204, 'put away')) },
		'/api/v1/rules/changes/{id}/backtest': {
			get: of(door('How far a back-test is, or what it found', 200, 'state, progress, result')),
			post: of(door('Tries a draft on stored readings', 202, 'id')),
			delete: of(door('Stops a back-test', 204, 'stopped')),
		},
		'/api/v1/rules/changes/{id}/activate': { post: of(door('Switches a back-tested draft on', 200, 'ok')) },
		'/api/v1/rules/changes/{id}/end': { post: of(door('Takes a change out of force', 200, 'ok', EndWish)) },
		'/api/v1/pits/{id}/section': {
			get: of(door('Points of a pit with limits, use of them and forecast', 200, 'points, dangers, walks')),
		},
		'/api/v1/pits/{id}/danger': {
			get: {
				...of(door('The photograph of a sign of danger', 200, 'the photograph')),
				parameters: [id, { name: 'photo', in: 'query', schema: { type: 'string' }, description: 'id of the sign' }],
			},
			post: of(door('Reports a sign of danger (GB 50497-2019 8.0.9): alarm at once', 201, 'ok', DangerWish)),
			patch: of(door('A sign of danger is over', 200, 'ok', DangerEnd)),
		},
		'/api/v1/pits/{id}/walk': { post: of(door('Records the daily walk', 201, 'ok', WalkWish)) },
		'/api/v1/points/{id}/zero': {
			post: of(door('The sensor of a pit point was set to zero anew', 200, 'sourceId, kept', ZeroingWish)),
		},
		'/api/v1/machines/{id}/file': {
			get: of(door('Health file of a machine: age, inspections, limits in force, alarms, places', 200, 'the file')),
		},
	};
}
