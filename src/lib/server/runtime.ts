// Builds and closes everything that runs; the only place that knows all parts. One per process, kept on globalThis
// because development loads the app again and again.

import { SYSTEM, type Scope } from '#lib/domain/access/scope.ts';
import type { Registry } from 'prom-client';
import type { EventMessage } from '#lib/contract/events.ts';
import { createSheetWatch, type SheetWatch } from './audit/sheet-watch.ts';
import { createAccess, type Access } from './auth/access.ts';
import { onSessionsEnded } from './auth/session-end.ts';
import { answerMove } from './alarms/answer-move.ts';
import { noteAlarmsSeen } from './commands/note-alarms-seen.ts';
import { startCompany, type Company } from './cluster/start-cluster.ts';
import type { Config } from './config.ts';
import { openDatabases, type Databases, type Db } from './db/connection.ts';
import { sessionOfHandshake, allowRequest } from './doors/handshake.ts';
import { roleHandler } from './doors/role.ts';
import { appendEvents, replayAfter, type NewEvent, type Replay } from './events/log.ts';
import { prepareDatabase } from './first-start.ts';
import { startFeedPoller, type FeedPoller } from './flood/feed-poller.ts';
import { oursOf } from './flood/read-list.ts';
import { startFlood, type FloodPart } from './flood/flood-part.ts';
import { createIngest, type Ingest } from './ingest/accept.ts';
import { createDeadLetters } from './ingest/dead-letters.ts';
import { telemetryHandler } from './ingest/http.ts';
import { openMappings } from './ingest/mappings.ts';
import { createPartitions } from './ingest/partitions.ts';
import { refusedReading } from './ingest/refused-reading.ts';
import { createTrespassWatch } from './ingest/trespass.ts';
import { openStore } from './ingest/store.ts';
import { holdBackMs } from './ingest/mqtt/bureau-client.ts';
import { openWaysIn, type WaysIn } from './ingest/ways-in.ts';
import { startLive, type LivePart } from './live/live-part.ts';
import { pulseMaker } from './live/pulse.ts';
import { startDemoSimulator } from './jobs/demo-simulator.ts';
import { createLog } from './log.ts';
import { acknowledgeTimes, createMetrics } from './metrics.ts';
import { createBeacons, type Beacons } from './operations/beacons.ts';
import type { Readiness } from './operations/readiness.ts';
import { diskRefusal, openDiskWatch, startOperations, type Operations } from './operations/start-operations.ts';
import { outboundOf } from './outbound/from-settings.ts';
import type { Outbound } from './outbound/outbound.ts';
import { startNotifier, type Notifier } from './notify/notifier.ts';
import { setFrontHandler, tellProgress } from './process.ts';
import { createBackTests, type BackTests } from './rules/back-test.ts';
import { startHub, type Hub } from './sockets/hub.ts';
import { sockets } from './sockets/io.ts';

export interface Runtime {
	config: Config;
	databases: Databases;
	events: {
		append(tx: Db, events: readonly NewEvent[]): Promise<EventMessage[]>;
		replay(db: Db, cursor: number, limit: number, scope: Scope): Promise<Replay>;
	};
	live: LivePart;
	backTests: BackTests;
	ingest: Ingest;
	waysIn: WaysIn;
	flood: FloodPart;
	/** Asks polled feeds of warnings and water. */
	feeds: FeedPoller;
	/** Logs what went wrong in work nobody waits for. */
	fault(error: unknown): void;
	hub: Hub;
	company: Company;
	notifier: Notifier;
	metrics: Registry;
	/** What browsers report of themselves. */
	beacons: Beacons;
	/** The one way to other machines. */
	outbound: Outbound;
	/** Who is asking, and how people sign in. */
	access: Access;
	/** Tells the audit trail who opened which sheet with people in it. */
	sheets: SheetWatch;
	operations: Operations;
	readiness(): Promise<Readiness>;
	close(): Promise<void>;
}

const KEY = Symbol.for('sitewatch.runtime');
const STARTED = Symbol.for('sitewatch.runtime.started');
type Slot = { [KEY]?: Promise<Runtime>; [STARTED]?: Runtime };

const SWEEP_EVERY_MS = 250;
const FEEDS_LOOK_MS = 10_000;
const FLOOD_TICK_MS = 60_000;
const now = () => Date.now();

/** Starts once; whoever asks again gets the same. */
export function startRuntime(config: Config): Promise<Runtime> {
	const slot = globalThis as Slot;
	return (slot[KEY] ??= build(config).then((built) => (slot[STARTED] = built)));
}

/** @throws Error before the start is over */
export function runtime(): Runtime {
	const started = (globalThis as Slot)[STARTED];
	if (!started) throw new Error('The runtime has not started.');
	return started;
}

async function build(config: Config): Promise<Runtime> {
	const log = createLog(config.LOG_LEVEL);
	const onFault = (error: unknown) => log.error({ err: error }, 'fault');
	const say = (line: string) => tellProgress(line, (text) => log.info(text));
	const databases = await openDatabases(config, { log: say });
	try {
		await prepareDatabase(config, databases.ingest, new Date(now()), say);
		const outbound = outboundOf(config);
		const access = createAccess(config, databases, outbound, now);
		const acknowledged = acknowledgeTimes();
		const parts = await startParts(config, databases, access, onFault, say, (afterS) => acknowledged.observe(afterS));
		const { live, ingest, waysIn, flood, hub, notifier, company, partitions, disk, stopParts } = parts;
		const feeds = startFeedPoller(databases.ingest, outbound, {
			...{ district: config.DISTRICT, ...oursOf(config), now, onFault, everyMs: FEEDS_LOOK_MS },
			announce: (events) => live.feed.announce(events),
		});
		const plays = config.ROLE === 'both';
		const simulator = plays
			? await startDemoSimulator(config, waysIn.open(), databases.ingest, new Date(now()), say)
			: undefined;
		const backTests = createBackTests(
			{
				...{ read: databases.read, store: databases.alarm },
				history: (ask) => databases.heavy(SYSTEM, 'lately', ask),
			},
			live.state,
			now,
			onFault,
		);
		const beacons = createBeacons(now, (message) => log.warn({ message }, 'a browser reports'));
		let isClosing = false;
		const operations = startOperations({
			...{ config, databases, partitions, live, company, disk, onFault, now },
			problems: () => waysIn.problems(),
			isClosing: () => isClosing,
		});

		return {
			config,
			databases,
			events: {
				append: appendEvents,
				replay: (db, cursor, limit, scope) => replayAfter(db, cursor, limit, scope, databases.scoped(scope)),
			},
			live,
			backTests,
			ingest,
			waysIn,
			flood,
			feeds,
			fault: onFault,
			hub,
			company,
			notifier,
			outbound,
			access,
			sheets: createSheetWatch(databases.ingest),
			operations,
			beacons,
			metrics: createMetrics({
				...{ databases, ingest, waysIn, live, hub, company, operations, beacons, acknowledged },
				dataDir: config.DATA_DIR,
			}),
			readiness: () => operations.readiness.look(),
			async close() {
				isClosing = true;
				await feeds.close();
				await operations.stop();
				await simulator?.stop();
				backTests.close();
				await backTests.idle();
				await waysIn.close();
				await ingest.close();
				await stopParts();
				await databases.close();
				const slot = globalThis as Slot;
				delete slot[KEY];
				delete slot[STARTED];
			},
		};
	} catch (error) {
		await databases.close();
		throw error;
	}
}

async function startParts(
	config: Config,
	databases: Databases,
	access: Access,
	onFault: (error: unknown) => void,
	say: (line: string) => void,
	onAcknowledged: (afterS: number) => void,
) {
	const { read, ingest: storing, alarm } = databases;
	const partitions = createPartitions(storing);
	await partitions.ensureAhead(now());
	const io = sockets();
	const company = await startCompany(config, databases, io, onFault);
	const live = await startLive(databases, {
		now,
		onFault,
		sweepEveryMs: SWEEP_EVERY_MS,
		seat: company.seat,
		heardUpTo: company.heardUpTo,
		holdBackMs: () => holdBackMs(config, company.shares()),
		onAnnounced: () => company.tell('events'),
	});
	company.follow(live);
	const trespasses = createTrespassWatch(storing, now, onFault);
	const deadLetters = createDeadLetters(storing, now, trespasses);
	const flood = await startFlood(databases, live, {
		...{ bureau: config.DISTRICT, now, onFault, tickMs: FLOOD_TICK_MS },
		links: { webhook: config.ALARM_WEBHOOK_URL, origin: config.ORIGIN },
	});
	const store = openStore(databases, company.shares);
	const disk = await openDiskWatch(databases, config.DATA_DIR, onFault);
	const ingest = createIngest({
		devices: live.state.devices,
		store,
		partitions,
		onStored: (rows, nowMs) => {
			if (store.wasShared(rows)) company.tell('readings');
			else live.observe(rows, nowMs);
			flood.observe(rows);
		},
		onRefused: (item, refusal, from) => deadLetters.note(refusedReading(item, refusal, from)),
		onAcknowledged,
		onFault,
		isUp: () => databases.isUp(),
		refusal: () => diskRefusal(disk),
		now,
	});
	const pulse = pulseMaker(databases, live, ingest, now, disk);
	io.engine.opts.allowRequest = config.ROLE === 'ingest' ? (_, answer) => answer(null, false) : allowRequest;
	const hub = startHub({
		io,
		state: live.state,
		wall: live.wall,
		feed: live.feed,
		read,
		scoped: (scope) => databases.scoped(scope),
		visitorOf: (socket) => sessionOfHandshake(socket.request),
		recheck: (socket) => access.visitor(socket.request, false),
		pulse: pulse.of,
		move: ({ principal }, request) =>
			answerMove(alarm, live, { principal, address: null, now: new Date(now()) }, request),
		seen: ({ principal }, ids, agent) => noteAlarmsSeen(alarm, principal, ids, agent, new Date(now())),
		onFault,
		now,
	});
	const stopEnding = onSessionsEnded('hub', (ended) => {
		if ('personId' in ended) hub.recheckPerson(ended.personId);
		else hub.endSessions(ended.sessionIds);
	});
	setFrontHandler('role', roleHandler(config.ROLE));
	const { tokens } = access;
	setFrontHandler('telemetry', telemetryHandler(ingest, tokens, onFault));
	const waysIn = await openWaysIn({
		...{ config, db: storing, tier: databases.tier, ingest, deadLetters, mappings: await openMappings(read), tokens },
		...{ devices: live.state.devices, onFault, say, now },
		hasOthers: () => company.cluster?.peers().some(({ role }) => role !== 'web') ?? false,
	});

	const notifier = await startNotifier(config, databases, live, { now, onFault });

	return {
		live,
		ingest,
		waysIn,
		flood,
		hub,
		notifier,
		company,
		partitions,
		disk,
		async stopParts() {
			await notifier.stop();
			stopEnding();
			pulse.stop();
			hub.close();
			await flood.close();
			await live.close();
			await trespasses.idle();
			await company.close();
		},
	};
}
