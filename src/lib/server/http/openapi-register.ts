// The description of the doors through which the register is read one by one, brought in, and changed by hand.

import { toJsonSchema } from '@valibot/to-json-schema';
import type { GenericSchema } from 'valibot';
import { CommitRequest, DraftChange, ImportDraft, ImportKind, ImportResult } from '#lib/contract/import.ts';
import { RevealRequest } from '#lib/contract/people.ts';
import { BindingEdit, EditKind, RegisterEdit } from '#lib/contract/register.ts';

const schemaOf = (schema: GenericSchema): object => {
	const { $schema: _dialect, ...rest } = toJsonSchema(schema, { errorMode: 'ignore' });
	return rest;
};
const json = (schema: object) => ({ 'application/json': { schema } });
const text = { type: 'string' } as const;
const uuid = { type: 'string', format: 'uuid' } as const;
const inPath = (name: string, schema: object = uuid) => ({ name, in: 'path', required: true, schema });
const query = (name: string, schema: object, description: string) => ({ name, in: 'query', schema, description });
const kinds = { enum: [...EditKind.options] };

/** @param failures - answers every door may give */
export function registerPaths(failures: object): Record<string, object> {
	const answers = (description: string, schema: object = { type: 'object' }, status = 200) => ({
		[status]: { description, content: json(schema) },
		404: { $ref: '#/components/responses/failure' },
		409: { $ref: '#/components/responses/failure' },
		...failures,
	});
	const body = (schema: GenericSchema) => ({ required: true, content: json(schemaOf(schema)) });
	const dossier = (summary: string) => ({
		get: { summary, parameters: [inPath('id')], responses: answers('Everything about it') },
	});
	return {
		'/api/v1/sites/{id}': dossier('One site'),
		'/api/v1/machines/{id}': dossier('One machine where it stands'),
		'/api/v1/pits/{id}': dossier('One pit with its sides and points'),
		'/api/v1/people/reveal': {
			post: {
				summary: 'Names and numbers that sheets show masked, for a reason; each answer is an entry of the audit trail',
				requestBody: body(RevealRequest),
				responses: answers('The people of the sites asked for'),
			},
		},
		'/api/v1/imports': {
			post: {
				summary: 'A file in, a draft of what it would change out; nothing changes yet',
				parameters: [
					query('kind', { enum: [...ImportKind.options] }, 'what the file holds'),
					query('datum', text, 'wgs84, cgcs2000, gcj02, bd09 or EPSG:N'),
					query('name', text, 'name of the file'),
					query('whole', { type: 'boolean' }, 'the file is the whole register: what it does not hold is closed'),
				],
				requestBody: { required: true, content: { 'application/octet-stream': { schema: text } } },
				responses: answers('The draft', schemaOf(ImportDraft), 201),
			},
		},
		'/api/v1/imports/{id}': {
			get: { summary: 'A draft', parameters: [inPath('id')], responses: answers('The draft') },
			patch: {
				summary: 'Reads the file again with another mapping, datum or extent',
				parameters: [inPath('id')],
				requestBody: body(DraftChange),
				responses: answers('The draft'),
			},
			post: {
				summary: 'Takes the draft into the register, all of it or nothing',
				parameters: [inPath('id')],
				requestBody: body(CommitRequest),
				responses: answers('What was written', schemaOf(ImportResult)),
			},
		},
		'/api/v1/sources': { get: { summary: 'Imports and changes by hand, newest first', responses: answers('sources') } },
		'/api/v1/sources/{id}/undo': {
			post: {
				summary: 'Takes an import or a change by hand back',
				parameters: [inPath('id')],
				responses: answers('removed, restored'),
			},
		},
		'/api/v1/register/{kind}': {
			post: {
				summary: 'Adds an object by hand, or changes the one named by id',
				parameters: [inPath('kind', kinds)],
				requestBody: body(RegisterEdit),
				responses: { ...answers('What was changed'), ...answers('What was added', { type: 'object' }, 201) },
			},
		},
		'/api/v1/register/{kind}/{id}': {
			get: {
				summary: 'An object in the words of its fields, for a form',
				parameters: [inPath('kind', kinds), inPath('id')],
				responses: answers('id, md5, values, sides'),
			},
		},
		'/api/v1/bindings': {
			post: {
				summary: 'Fastens a device to a machine, point or site, moves it, or takes it off',
				requestBody: body(BindingEdit),
				responses: answers('What was bound, moved and replaced'),
			},
		},
		'/api/v1/history/{kind}/{id}': {
			get: {
				summary: 'What became of an object, newest first',
				parameters: [inPath('kind', kinds), inPath('id')],
				responses: answers('entries'),
			},
		},
	};
}
