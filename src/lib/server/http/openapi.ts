// The description of the public doors, version 1, made from the schemas that guard them.

import { toJsonSchema } from '@valibot/to-json-schema';
import type { GenericSchema } from 'valibot';
import { Beacon } from '#lib/contract/beacon.ts';
import { ErrorBody } from '#lib/contract/error.ts';
import { EVENTS_AT_MOST } from './events-query.ts';
import { devicePaths } from './openapi-device.ts';
import { floodPaths } from './openapi-flood.ts';
import { patrolPaths } from './openapi-patrol.ts';
import { registerPaths } from './openapi-register.ts';
import { rulePaths } from './openapi-rule.ts';
import { Reading } from '#lib/contract/telemetry.ts';
import { ALARM_PATHS } from './openapi-alarm.ts';
import {
	ALARM_LIST_STATES,
	HAZARD_LIST_STATES,
	MACHINE_LIST_STATES,
	PIT_LIST_STATES,
	SITE_LIST_STATES,
} from './list-states.ts';

const schemaOf = (schema: GenericSchema) => {
	const { $schema: _dialect, ...rest } = toJsonSchema(schema, { errorMode: 'ignore' });
	return rest;
};

const text = { type: 'string' } as const;
const whole = { type: 'integer', minimum: 0 } as const;
const query = (name: string, schema: object, description: string) => ({ name, in: 'query', schema, description });

const LIST = [
	query('bbox', text, 'west,south,east,north in degrees WGS 84'),
	query('q', text, 'part of a name, number or pinyin'),
	query('town', text, 'nine-digit town code'),
	query('limit', { ...whole, maximum: 10_000, default: 1000 }, 'rows at most'),
	query(
		'after',
		whole,
		'goes on behind the page whose `next` this is: behind a number of the register; for alarms and hazards, newest first, behind so many rows, so that what is added or closed meanwhile shifts the pages',
	),
	query(
		'format',
		{ enum: ['geojson', 'json'], default: 'geojson' },
		'FeatureCollection or plain rows; CSV and XLSX: sitewatch export',
	),
];

const failures = {
	401: { $ref: '#/components/responses/failure' },
	403: { $ref: '#/components/responses/failure' },
	405: { $ref: '#/components/responses/failure' },
	429: { $ref: '#/components/responses/failure' },
	422: { $ref: '#/components/responses/failure' },
	503: { $ref: '#/components/responses/failure' },
};
const json = (schema: object) => ({ 'application/json': { schema } });

const list = (summary: string, states: readonly string[]) => ({
	get: {
		summary,
		parameters: [...LIST, query('state', { enum: [...states] }, 'state of the objects')],
		responses: {
			200: {
				description: 'A page, with `next` when there is more behind it',
				content: { 'application/geo+json': { schema: { $ref: '#/components/schemas/FeatureCollection' } } },
			},
			...failures,
		},
	},
});

/** The OpenAPI 3.1 document. */
export function openApi(): object {
	return {
		openapi: '3.1.0',
		info: {
			title: 'Sitewatch · 工地瞭望',
			version: '1',
			description: 'Authorization: Bearer TOKEN (npm run sitewatch -- token create), or a person’s session.',
		},
		security: [{ token: [] }],
		paths: {
			'/healthz': { get: { summary: 'The process lives', security: [], responses: { 200: { description: 'alive' } } } },
			'/readyz': {
				get: {
					summary: 'Database, migrations and ingest are ready',
					security: [],
					responses: { 200: { description: 'ready' }, 503: { description: 'not ready, with reasons' } },
				},
			},
			'/api/v1/beacons': {
				post: {
					summary: 'A browser tells what went wrong in it, or how much memory its page holds',
					requestBody: { required: true, content: { 'application/json': { schema: schemaOf(Beacon) } } },
					responses: { 204: { description: 'counted' }, ...failures },
				},
			},
			'/metrics': { get: { summary: 'Prometheus text', responses: { 200: { description: 'metrics' }, ...failures } } },
			'/api/v1/telemetry': {
				post: {
					summary:
						'Readings of devices, JSON or NDJSON, may be gzipped. Acknowledged means stored. Known quantities are numbers without quotes.',
					requestBody: {
						required: true,
						content: {
							...json({
								type: 'object',
								required: ['readings'],
								properties: { readings: { type: 'array', items: { $ref: '#/components/schemas/Reading' } } },
							}),
							'application/x-ndjson': { schema: { $ref: '#/components/schemas/Reading' } },
						},
					},
					responses: {
						200: {
							description: 'What became of each reading',
							content: json({ $ref: '#/components/schemas/TelemetryAnswer' }),
						},
						...failures,
						429: { $ref: '#/components/responses/failure' },
					},
				},
			},
			'/api/v1/picture': {
				get: {
					summary: 'The whole live picture, as JSON or columns',
					responses: {
						200: {
							description: 'The picture with the cursor of the event log it contains',
							content: { ...json({ type: 'object' }), 'application/octet-stream': { schema: { type: 'string' } } },
						},
						...failures,
					},
				},
			},
			'/api/v1/events': {
				get: {
					summary: 'The event log behind a cursor: ordered, without gaps or repeats',
					parameters: [
						query('after', whole, 'cursor'),
						query('limit', { ...whole, maximum: EVENTS_AT_MOST }, 'events at most'),
					],
					responses: {
						200: { description: 'events, next, more', content: json({ type: 'object' }) },
						410: { description: 'The cursor is older than what is kept: take a new picture' },
						...failures,
					},
				},
			},
			'/api/v1/board': {
				get: { summary: 'The register as the map draws it', responses: { 200: { description: 'board' }, ...failures } },
			},
			'/api/v1/sites': list('Construction sites', SITE_LIST_STATES),
			'/api/v1/machines': list('Lifting machines standing today; state: their kind', MACHINE_LIST_STATES),
			'/api/v1/pits': list('Pits that are not backfilled, unless asked for', PIT_LIST_STATES),
			'/api/v1/alarms': list('Alarms; since=ISO', ALARM_LIST_STATES),
			...ALARM_PATHS,
			'/api/v1/hazards': list('Hazards, newest first', HAZARD_LIST_STATES),
			...registerPaths(failures),
			...devicePaths(failures),
			...patrolPaths(failures),
			...rulePaths(failures),
			...floodPaths(failures),
			'/api/v1/openapi.json': {
				get: { summary: 'This description', responses: { 200: { description: 'OpenAPI 3.1' }, ...failures } },
			},
			'/api/v1/patrol/solve': {
				post: {
					summary: 'A patrol problem in, a plan out',
					parameters: [
						query('seconds', { type: 'number', minimum: 0 }, 'how long to search'),
						query('seed', { type: 'integer' }, 'the same seed draws the same chances'),
					],
					requestBody: { required: true, content: json({ type: 'object' }) },
					responses: {
						200: { description: 'routes, left, objective', content: json({ type: 'object' }) },
						...failures,
						429: { $ref: '#/components/responses/failure' },
					},
				},
			},
		},
		components: {
			securitySchemes: { token: { type: 'http', scheme: 'bearer' } },
			responses: {
				failure: { description: 'What is wrong', content: json({ $ref: '#/components/schemas/Error' }) },
			},
			schemas: {
				Error: schemaOf(ErrorBody),
				Reading: schemaOf(Reading),
				TelemetryAnswer: {
					type: 'object',
					required: ['accepted', 'duplicates', 'rejected'],
					properties: {
						accepted: whole,
						duplicates: whole,
						rejected: {
							type: 'array',
							items: { type: 'object', properties: { index: whole, code: text, message: text } },
						},
					},
				},
				FeatureCollection: {
					type: 'object',
					required: ['type', 'features'],
					properties: {
						type: { const: 'FeatureCollection' },
						features: { type: 'array', items: { type: 'object' } },
						next: whole,
					},
				},
			},
		},
	};
}
