// The description of the doors of the flood season.

import { toJsonSchema } from '@valibot/to-json-schema';
import type { GenericSchema } from 'valibot';
import {
	CloseEvent,
	DeclareResponse,
	HandSignal,
	LadderChange,
	LedgerChange,
	RainGridBody,
	ResumeDecision,
	SiteSurvey,
	StationReadings,
} from '#lib/contract/flood-entry.ts';
import { FeedEdit } from '#lib/contract/flood-source.ts';

const schemaOf = (schema: GenericSchema): object => {
	const { $schema: _dialect, ...rest } = toJsonSchema(schema, { errorMode: 'ignore' });
	return rest;
};
const json = (schema: object) => ({ 'application/json': { schema } });
const text = { type: 'string' } as const;
const bytes = { type: 'string', format: 'binary' } as const;
const query = (name: string, schema: object, description: string) => ({ name, in: 'query', schema, description });
const ID = [{ name: 'id', in: 'path', required: true, schema: { type: 'string', format: 'uuid' } }];

/** @param failures - answers every door may give */
export function floodPaths(failures: object): Record<string, object> {
	const missing = { 404: { $ref: '#/components/responses/failure' } };
	const conflict = { 409: { $ref: '#/components/responses/failure' } };
	const reads = (summary: string, parameters: object[] = [], content: object = json({ type: 'object' })) => ({
		summary,
		parameters,
		responses: {
			200: { description: 'The answer', content },
			...(parameters.length > 0 ? missing : {}),
			...failures,
		},
	});
	const takes = (summary: string, content: object | null, parameters: object[] = [], status = 200) => ({
		summary,
		parameters,
		...(content ? { requestBody: { required: true, content } } : {}),
		responses: {
			[status]: { description: 'What was done', content: json({ type: 'object' }) },
			...missing,
			...conflict,
			...failures,
		},
	});
	const body = (schema: GenericSchema) => json(schemaOf(schema));
	return {
		'/api/v1/flood': {
			get: reads('The flood situation: season, response, signals, orders, stations, grids, clocks'),
		},
		'/api/v1/flood/signals': {
			get: reads('Warning signals of the last thirty days and everything that still holds'),
			post: takes(
				'Signals as CAP 1.2, or as the list of a public weather service; the answer says what was refused, and how many are about other places',
				{
					'application/xml': { schema: text },
					'application/json': { schema: { type: ['object', 'array'] } },
					'multipart/form-data': { schema: { type: 'object', properties: { file: bytes } } },
				},
			),
		},
		'/api/v1/flood/feeds': { get: reads('Polled feeds, with last success, last failure and what came of it') },
		'/api/v1/flood/feeds/{id}': {
			put: takes('Sets a polled feed; a new id is a new feed', body(FeedEdit), ID),
			post: takes('Asks the feed now', null, ID),
			delete: takes('Takes a feed out', null, ID),
		},
		'/api/v1/flood/signals/hand': {
			post: takes('Enters, changes or lifts a signal by hand', body(HandSignal), [], 201),
		},
		'/api/v1/flood/responses': {
			post: takes('Declares a response level', body(DeclareResponse), [], 201),
		},
		'/api/v1/flood/responses/{id}': { delete: takes('Ends a response level', null, ID) },
		'/api/v1/flood/readings': {
			post: takes('Readings of rain gauges, river and waterlogging stations', body(StationReadings)),
		},
		'/api/v1/flood/stations': {
			get: reads('What the stations had for a moment, each with its own time', [
				query('at', { type: 'string', format: 'date-time' }, 'the moment; now when left out'),
			]),
		},
		'/api/v1/flood/grids': {
			post: takes(
				'A grid of rain, as JSON or as GeoTIFF',
				{ ...body(RainGridBody), 'image/tiff': { schema: bytes } },
				[
					query('product', text, 'GeoTIFF only: what the grid shows'),
					query('forecast', { enum: ['true', 'false'] }, 'GeoTIFF only'),
					query('issuedAt', { ...text, format: 'date-time' }, 'GeoTIFF only'),
					query('validAt', { ...text, format: 'date-time' }, 'GeoTIFF only'),
					query('periodS', { type: 'integer' }, 'GeoTIFF only: seconds the rain falls in'),
					query('source', text, 'GeoTIFF only'),
				],
				201,
			),
		},
		'/api/v1/flood/grids/{id}': {
			get: reads('Millimetres as 32-bit floats, rows from north to south', ID, {
				'application/octet-stream': { schema: bytes },
			}),
		},
		'/api/v1/flood/terrain': {
			get: reads('Terrain models that are kept'),
			post: takes(
				'A terrain model as GeoTIFF, with its name and the datum of its heights',
				{
					'multipart/form-data': {
						schema: {
							type: 'object',
							required: ['file', 'datum'],
							properties: { file: bytes, name: text, datum: { enum: ['1985', 'wusong', 'local'] } },
						},
					},
				},
				[],
				201,
			),
		},
		'/api/v1/flood/terrain/{id}': {
			get: reads('Heights as 32-bit floats, rows from north to south', ID, {
				'application/octet-stream': { schema: bytes },
			}),
			delete: takes('Takes a terrain model out', null, ID),
		},
		'/api/v1/flood/exposure': { get: reads('What the what-if page works with: every site with its terms') },
		'/api/v1/flood/sites/{id}': {
			get: reads('Everything the flood season knows of one site', ID),
			put: takes('The survey of a site: what a flood would meet there', body(SiteSurvey), ID),
		},
		'/api/v1/flood/sites/{id}/ledger': {
			post: takes('Writes or takes out an item of the flood ledger', body(LedgerChange), ID),
		},
		'/api/v1/flood/ladder': {
			get: reads('The ladder of the bureau: signal × level × work → measure, with its newest changes'),
			post: takes('Writes or takes out a line, or undoes the last change', body(LadderChange)),
		},
		'/api/v1/flood/notices/{id}': {
			get: reads('One order to one site, with measures, answers and checklist', ID),
			post: takes('The gate before work goes on: cleared, or sent back with the reason', body(ResumeDecision), ID),
		},
		'/api/v1/flood/photos/{id}': {
			get: reads('A photo a site sent, with the hash it was kept under', ID, { 'image/*': { schema: bytes } }),
		},
		'/api/v1/flood/duty': {
			get: reads('Random checks of the duty rosters with what came of them'),
			post: takes('Draws sites whose duty is checked now', null, [], 201),
		},
		'/api/v1/flood/events': { get: reads('Flood events, newest first') },
		'/api/v1/flood/events/{id}': {
			get: reads('The book of an event: timeline, review, lessons', ID),
			post: takes('Closes the event with what was learnt', body(CloseEvent), ID),
		},
		'/api/v1/flood/events/{id}/summary': {
			get: reads('The after-event summary', [...ID, query('format', { enum: ['pdf', 'docx'] }, 'pdf unless told')], {
				'application/pdf': { schema: bytes },
				'application/vnd.openxmlformats-officedocument.wordprocessingml.document': { schema: bytes },
			}),
		},
		'/api/v1/flood/storm': {
			post: takes(
				'Plays the storm of the demonstration; refused where there are real sites',
				null,
				[query('pace', { type: 'number', minimum: 0, maximum: 120 }, 'seconds a stage is shown')],
				202,
			),
		},
	};
}
