// Warning signals: messages as they came, what they add up to, and the sites they hold for.

import type { MultiPolygon } from 'geojson';
import { sql } from 'kysely';
import type { SignalMessageView } from '#lib/contract/flood.ts';
import type { Scope } from '#lib/domain/access/scope.ts';
import { isPastExpiry, type ReceivedMessage, type Signal, type SignalProblem } from '#lib/domain/flood/signal.ts';
import type { SignalColour, SignalKind } from '#lib/domain/flood/signal-kind.ts';
import type { Db } from '../db/connection.ts';
import { asGeoJsonOrNull, fromPolygons } from '../db/geo.ts';
import { inScope } from '../db/scope.ts';

export interface StoredMessage {
	signalId: string;
	message: ReceivedMessage;
}

/** Messages of a source that one message belongs with: the same id, ids it names, or messages that name it. */
export async function relatedMessages(
	tx: Db,
	source: string,
	externalId: string,
	refs: readonly string[],
): Promise<StoredMessage[]> {
	const ids = [externalId, ...refs];
	const near = tx
		.selectFrom('weather_signal_message')
		.select('signal_id')
		.where('source', '=', source)
		.where((eb) => eb.or([eb('external_id', 'in', ids), sql<boolean>`refs && ${ids}::text[]`]));
	const rows = await tx
		.selectFrom('weather_signal_message')
		.select(['signal_id', 'body'])
		.where('signal_id', 'in', near)
		.execute();
	return rows.map(({ signal_id, body }) => ({ signalId: signal_id, message: revived(body) }));
}

export async function addMessage(
	tx: Db,
	signalId: string,
	message: ReceivedMessage,
	by: { channel: 'file' | 'push' | 'poll' | 'hand'; name: string },
): Promise<void> {
	await tx
		.insertInto('weather_signal_message')
		.values({
			source: message.source,
			external_id: message.externalId,
			revision: message.revision,
			signal_id: signalId,
			act: message.act,
			refs: [...message.refs],
			sent_at: message.sentAt,
			received_at: message.receivedAt,
			channel: by.channel,
			received_by: by.name,
			body: JSON.stringify(message),
		})
		.execute();
}

/** Moves the messages of signals that turned out to be one to the first of them, and takes the others away. */
export async function joinSignals(tx: Db, into: string, others: readonly string[]): Promise<void> {
	if (others.length === 0) return;
	await tx.updateTable('weather_signal_message').set({ signal_id: into }).where('signal_id', 'in', others).execute();
	await tx.deleteFrom('weather_signal').where('id', 'in', others).execute();
}

export async function putSignal(tx: Db, id: string, source: string, signal: Signal): Promise<void> {
	const { now } = signal;
	const values = {
		source,
		issuer: now.issuer,
		kind: now.kind,
		colour: now.colour,
		event: now.event,
		headline: now.headline,
		body: now.body,
		instruction: now.instruction,
		state: signal.state,
		is_exercise: now.isExercise,
		area_text: now.area.text,
		area: now.area.polygons ? fromPolygons(now.area.polygons) : null,
		area_codes: [...now.area.codes],
		is_whole: now.area.isWhole,
		issued_at: signal.issuedAt,
		changed_at: signal.changedAt,
		lifted_at: signal.liftedAt,
		expires_at: now.expiresAt,
		problems: JSON.stringify(signal.problems),
	};
	await tx
		.insertInto('weather_signal')
		.values({ id, ...values })
		.onConflict((conflict) => conflict.column('id').doUpdateSet(values))
		.execute();
}

/** Whether a site lies in a signal: its symbol in the polygons, its town under one of the codes, or everywhere. */
const HOLDS = sql<boolean>`(
	weather_signal.is_whole
	or (weather_signal.area is not null and weather_signal.area && site.location
		and st_covers(weather_signal.area, site.location))
	or exists (select 1 from unnest(weather_signal.area_codes) code where site.town_code like code || '%')
	or (site.town_code is null and exists (select 1 from unnest(weather_signal.area_codes) code where length(code) = 6))
)`;

export interface SiteSignal {
	siteId: string;
	signalId: string;
	kind: SignalKind;
	colour: SignalColour | null;
}

/** Every active signal with every site it holds for, in one query. Exercises hold for nobody. */
export async function sitesUnderSignals(db: Db): Promise<SiteSignal[]> {
	const rows = await db
		.selectFrom('weather_signal')
		.innerJoin('site', (join) => join.on(HOLDS))
		.select(['site.id as siteId', 'weather_signal.id as signalId', 'weather_signal.kind', 'weather_signal.colour'])
		.where('weather_signal.state', '=', 'active')
		.where('weather_signal.is_exercise', '=', false)
		.where('site.state', '!=', 'finished')
		.execute();
	return rows.map((row) => ({ ...row, kind: row.kind as SignalKind }));
}

const IN_TOWN = sql<boolean>`(
	weather_signal.is_whole
	or exists (select 1 from unnest(weather_signal.area_codes) code where town.code like code || '%')
	or (weather_signal.area is not null and st_intersects(weather_signal.area, town.boundary))
)`;

/** The gravest colours that hold in each town, for the limits of cranes. */
export async function signalsByTown(
	db: Db,
): Promise<{ townCode: string; kind: SignalKind; colour: SignalColour | null }[]> {
	const rows = await db
		.selectFrom('weather_signal')
		.innerJoin('town', (join) => join.on(IN_TOWN))
		.select(['town.code as townCode', 'weather_signal.kind', 'weather_signal.colour'])
		.where('weather_signal.state', '=', 'active')
		.where('weather_signal.is_exercise', '=', false)
		.execute();
	return rows.map((row) => ({ ...row, kind: row.kind as SignalKind }));
}

export interface SignalPast {
	kind: SignalKind;
	colour: SignalColour | null;
	/** As this product heard of it: limits were lowered then, not when it was issued elsewhere. */
	heardAt: Date;
	/** When it heard of the newest change of it; null: it never changed. */
	changedAt: Date | null;
	/** Null while it holds. */
	liftedAt: Date | null;
}

/** Signals that held in a town at some moment after `since`, as they were heard of. */
export async function signalPastOf(db: Db, townCode: string, since: Date): Promise<SignalPast[]> {
	const { rows } = await sql<SignalPast>`
		select kind, colour, heard_at as "heardAt", changed_at as "changedAt", lifted_at as "liftedAt"
		from (
			select weather_signal.kind, weather_signal.colour,
				min(message.received_at) filter (where message.act <> 'lift') as heard_at,
				max(message.received_at) filter (where message.act = 'change') as changed_at,
				case when weather_signal.state = 'lifted'
					then max(message.received_at) filter (where message.act = 'lift') end as lifted_at
			from weather_signal
			join weather_signal_message message on message.signal_id = weather_signal.id
			join town on ${IN_TOWN}
			where town.code = ${townCode} and not weather_signal.is_exercise
				and weather_signal.state in ('active', 'lifted')
			group by weather_signal.id
		) as heard
		where heard_at is not null and (lifted_at is null or lifted_at > ${since})`.execute(db);
	return rows;
}

/** Active signals and those that ended after `since`, newest first. Everybody of the district may know them. */
export async function signalViews(db: Db, scope: Scope, since: Date, at: Date): Promise<SignalMessageView[]> {
	const rows = await db
		.selectFrom('weather_signal')
		.select([
			'id',
			'issuer',
			'kind',
			'colour',
			'event',
			'headline',
			'body',
			'instruction',
			'state',
			'is_exercise',
			'area_text',
			asGeoJsonOrNull<MultiPolygon>('weather_signal.area').as('area'),
			'area_codes',
			'is_whole',
			'issued_at',
			'changed_at',
			'lifted_at',
			'expires_at',
			'problems',
		])
		.select((eb) => [
			eb
				.selectFrom('site')
				.select((count) => count.fn.countAll<string>().as('n'))
				.where(HOLDS)
				.where('site.state', '!=', 'finished')
				.where(inScope(scope, 'site.town_code', 'site.id'))
				.as('sites'),
		])
		.where('state', '!=', 'empty')
		.where((eb) => eb.or([eb('state', '=', 'active'), eb('lifted_at', '>=', since), eb('issued_at', '>=', since)]))
		.orderBy('issued_at', 'desc')
		.orderBy('id')
		.limit(100)
		.execute();
	return rows.map((row) => ({
		id: row.id,
		issuer: row.issuer,
		kind: row.kind as SignalKind,
		colour: row.colour,
		event: row.event,
		headline: row.headline,
		body: row.body,
		instruction: row.instruction,
		state: row.state,
		isExercise: row.is_exercise,
		areaText: row.area_text,
		area: row.area,
		areaCodes: row.area_codes,
		isWhole: row.is_whole,
		issuedAt: row.issued_at.toISOString(),
		changedAt: row.changed_at?.toISOString() ?? null,
		liftedAt: row.lifted_at?.toISOString() ?? null,
		expiresAt: row.expires_at?.toISOString() ?? null,
		isPastExpiry: isPastExpiry({ state: row.state, now: { expiresAt: row.expires_at } }, at),
		problems: row.problems as SignalProblem[],
		sites: Number(row.sites ?? 0),
	}));
}

/** The newest message of a signal that was entered by hand, to be changed or lifted; undefined for any other. */
export async function handSignal(tx: Db, id: string): Promise<ReceivedMessage[]> {
	const rows = await tx
		.selectFrom('weather_signal_message')
		.select('body')
		.where('signal_id', '=', id)
		.where('channel', '=', 'hand')
		.execute();
	return rows.map(({ body }) => revived(body));
}

/** What areas are compared with: towns by name, and the box of the district. */
export async function townNames(db: Db): Promise<Map<string, string>> {
	const rows = await db.selectFrom('town').select(['code', 'name']).where('valid_to', 'is', null).execute();
	return new Map(rows.map(({ code, name }) => [name, code]));
}

function revived(body: unknown): ReceivedMessage {
	const message = body as Omit<ReceivedMessage, 'sentAt' | 'receivedAt' | 'expiresAt'> & {
		sentAt: string;
		receivedAt: string;
		expiresAt: string | null;
	};
	return {
		...message,
		sentAt: new Date(message.sentAt),
		receivedAt: new Date(message.receivedAt),
		expiresAt: message.expiresAt === null ? null : new Date(message.expiresAt),
	};
}
