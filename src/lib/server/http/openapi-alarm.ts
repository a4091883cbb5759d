// The doors of alarms in the description of version 1.

import { toJsonSchema } from '@valibot/to-json-schema';
import type { GenericSchema } from 'valibot';
import { MoveRequest, ServiceRequest } from '#lib/contract/alarm.ts';

const schemaOf = (schema: GenericSchema) => {
	const { $schema: _dialect, ...rest } = toJsonSchema(schema, { errorMode: 'ignore' });
	return rest;
};
const failures = Object.fromEntries(
	[401, 403, 404, 409, 422, 503].map((status) => [status, { $ref: '#/components/responses/failure' }]),
);
const answers = (description: string) => ({
	200: { description, content: { 'application/json': { schema: { type: 'object' } } } },
	...failures,
});
const body = (schema: GenericSchema) => ({
	required: true,
	content: { 'application/json': { schema: schemaOf(schema) } },
});
const inPath = (name: string) => ({ name, in: 'path', required: true, schema: { type: 'string' } });

export const ALARM_PATHS = {
	'/api/v1/alarms/moves': {
		post: {
			summary: 'A person’s move on alarms; each that is refused says why. For signed-in people, not for tokens.',
			requestBody: body(MoveRequest),
			responses: answers('moved, refused'),
		},
	},
	'/api/v1/devices/{id}/service': {
		post: {
			summary: 'Takes a device out of service until a moment, or back',
			parameters: [inPath('id')],
			requestBody: body(ServiceRequest),
			responses: answers('deviceId, until'),
		},
	},
};
