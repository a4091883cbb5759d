// The doors of devices, dead letters and mappings, for the description of the API.

import { toJsonSchema } from '@valibot/to-json-schema';
import type { GenericSchema } from 'valibot';
import { LetterChoice, MappingWish, RestoreWish } from '#lib/contract/devices.ts';

const json = (schema: object) => ({ 'application/json': { schema } });
const schemaOf = (schema: GenericSchema) => {
	const { $schema: _dialect, ...rest } = toJsonSchema(schema, { errorMode: 'ignore' });
	return rest;
};
const text = { type: 'string' } as const;
const whole = { type: 'integer', minimum: 0 } as const;
const query = (name: string, schema: object, description: string) => ({ name, in: 'query', schema, description });
const ID = [{ name: 'id', in: 'path', required: true, schema: text }];

/** @param failures - the answers every door may give */
export function devicePaths(failures: object): Record<string, object> {
	const answers = (description: string) => ({
		200: { description, content: json({ type: 'object' }) },
		...failures,
	});
	const sends = (schema: GenericSchema) => ({ required: true, content: json(schemaOf(schema)) });
	return {
		'/api/v1/dead-letters': {
			get: {
				summary: 'Frames that could not be read, with the reason, newest first',
				parameters: [
					query('state', { enum: ['open', 'replayed', 'discarded'] }, 'what became of them'),
					query('protocol', text, 'http, mqtt, hj212, jt808'),
					query('reason', text, 'as in the list'),
					query('q', text, 'part of source, device or detail'),
					query('before', whole, 'goes on behind the page whose `next` this is'),
					query('limit', { ...whole, maximum: 500 }, 'rows at most'),
				],
				responses: answers('letters, counts, next'),
			},
		},
		'/api/v1/dead-letters/{id}': {
			get: { summary: 'One of them with its bytes, base64', parameters: ID, responses: answers('the letter') },
		},
		'/api/v1/dead-letters/replay': {
			post: {
				summary: 'Tries frames again after a mapping was put right',
				requestBody: sends(LetterChoice),
				responses: answers('replayed, failed'),
			},
		},
		'/api/v1/dead-letters/discard': {
			post: {
				summary: 'Puts frames away',
				requestBody: sends(LetterChoice),
				responses: answers('discarded'),
			},
		},
		'/api/v1/dead-letters/restore': {
			post: {
				summary: 'Takes that back: they wait again',
				requestBody: sends(RestoreWish),
				responses: answers('restored'),
			},
		},
		'/api/v1/device-mappings': {
			get: { summary: 'What vendors call devices, and how their frames are read', responses: answers('mappings') },
			put: { summary: 'Saves one', requestBody: sends(MappingWish), responses: answers('saved') },
		},
		'/api/v1/devices/{id}': {
			get: {
				summary: 'A device: bindings, clock, limits, last frames',
				parameters: ID,
				responses: answers('the device'),
			},
		},
		'/api/v1/devices/{id}/curve': {
			get: {
				summary: 'The curve of one quantity: least, greatest and mean per step',
				parameters: [
					...ID,
					query('quantity', text, 'as reported'),
					query('from', text, 'ISO 8601'),
					query('to', text, 'ISO 8601'),
				],
				responses: answers('the curve'),
			},
		},
		'/api/v1/hot-work': {
			get: {
				summary: 'Welding machines that work now, and those that fell silent while they did',
				responses: answers('items'),
			},
		},
		'/api/v1/stills/{id}': {
			get: {
				summary: 'A picture that came with an event, as it came',
				parameters: ID,
				responses: { 200: { description: 'JPEG, PNG or WebP' }, ...failures },
			},
		},
	};
}
