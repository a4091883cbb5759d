// The doors of alarms in the description of version 1.

import { toJsonSchema } from '@valibot/to-json-schema';
import type { GenericSchema } from 'valibot';
import { MoveRequest, ServiceRequest } from '#lib/contract/alarm.ts';
import { EndShift, HandoverReply, NewShift, PushRequest, SignOver } from '#lib/contract/alarm-desk.ts';

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
	'/api/v1/alarms/{id}': {
		get: {
			summary: 'One alarm with its rule and source, curve, pictures, history, who has seen it and who was told',
			parameters: [inPath('id')],
			responses: answers('alarm, rule, curve, stills, steps, seen, told'),
		},
	},
	'/api/v1/alarms/quality': {
		get: {
			summary: 'How good the alarm system was over the last ?days=: load on an officer, floods, chattering, stale, mix',
			responses: answers('report, stale, sources, rules'),
		},
	},
	'/api/v1/handovers': {
		get: {
			summary: 'The hand-over sheet as things stand, and the last signed ones',
			responses: answers('sheet, signed'),
		},
		post: { summary: 'The leaving officer signs', requestBody: body(SignOver), responses: answers('id') },
	},
	'/api/v1/handovers/{id}': {
		post: {
			summary: 'The coming officer takes the shift, or refuses it with a reason',
			parameters: [inPath('id')],
			requestBody: body(HandoverReply),
			responses: answers('id'),
		},
	},
	'/api/v1/duty': {
		get: {
			summary: 'Roster, ladder, who was told lately, channels',
			responses: answers('shifts, ladder, told, channels'),
		},
		post: { summary: 'Puts somebody on the roster', requestBody: body(NewShift), responses: answers('ok') },
		delete: { summary: 'Takes a shift off the roster', requestBody: body(EndShift), responses: answers('ok') },
	},
	'/api/v1/duty/test': { post: { summary: 'A drill of the ladder', responses: answers('told') } },
	'/api/v1/push': {
		post: { summary: 'A browser subscribes to web push', requestBody: body(PushRequest), responses: answers('ok') },
	},
	'/api/v1/push/{id}': {
		post: { summary: 'A pushed message has arrived', parameters: [inPath('id')], responses: answers('ok') },
	},
};
