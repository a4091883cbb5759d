// Builds and closes everything that runs; the only place that knows all parts. One per process, kept on globalThis
// because development loads the app again and again.

import { eventRules } from '#db/rules/event.ts';
import type { Scope } from '#lib/domain/access/scope.ts';
import type { Registry } from 'prom-client';
import type { EventMessage } from '#lib/contract/events.ts';
import { createAccess, type Access } from './auth/access.ts';
import { onSessionsEnded } from './auth/session-end.ts';
import { answerMove } from './alarms/answer-move.ts';
import { noteAlarmsSeen } from './commands/note-alarms-seen.ts';
import type { Config } from './config.ts';
import { openDatabases, type Databases, type Db } from './db/connection.ts';
import { sessionOfHandshake, allowRequest } from './doors/handshake.ts';
import { appendEvents, replayAfter, trimEvents, type NewEvent, type Replay } from './events/log.ts';
import { prepareDatabase } from './first-start.ts';
import { createIngest, type Ingest } from './ingest/accept.ts';
import { createDeadLetters } from './ingest/dead-letters.ts';
import { telemetryHandler } from './ingest/http.ts';
import { openMappings } from './ingest/mappings.ts';
import { createPartitions } from './ingest/partitions.ts';
import { refusedReading } from './ingest/refused-reading.ts';
import { openStore } from './ingest/store.ts';
import { openWaysIn, type WaysIn } from './ingest/ways-in.ts';
import { startLive, type LivePart } from './live/live-part.ts';
import { pulseMaker } from './live/pulse.ts';
import { startDemoSimulator } from './jobs/demo-simulator.ts';
import { createLog } from './log.ts';
import { createMetrics } from './metrics.ts';
import { outboundOf } from './outbound/from-settings.ts';
import type { Outbound } from './outbound/outbound.ts';
import { setFrontHandler, tellProgress } from './process.ts';
import { startHub, type Hub } from './sockets/hub.ts';
import { sockets } from './sockets/io.ts';

export interface Readiness {
	ready: boolean;
	/** What keeps it from being ready, and which way in does not work, for people and programs. */
	reasons: string[];
}

export interface Runtime {
	config: Config;
	databases: Databases;
	events: {
		append(tx: Db, events: readonly NewEvent[]): Promise<EventMessage[]>;
		replay(db: Db, cursor: number, limit: number, scope: Scope): Promise<Replay>;
	};
	live: LivePart;
	ingest: Ingest;
	waysIn: WaysIn;
	hub: Hub;
	metrics: Registry;
	/** The one way to other machines. */
	outbound: Outbound;
	/** Who is asking, and how people sign in. */
	access: Access;
	readiness(): Promise<Readiness>;
	close(): Promise<void>;
}

const KEY = Symbol.for('sitewatch.runtime');
const STARTED = Symbol.for('sitewatch.runtime.started');
type Slot = { [KEY]?: Promise<Runtime>; [STARTED]?: Runtime };

const SWEEP_EVERY_MS = 250;
const HOUSEKEEPING_EVERY_MS = 6 * 3600 * 1000;
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
		const parts = await startParts(config, databases, access, onFault, say);
		const { live, ingest, waysIn, hub, stopParts } = parts;
		const simulator = await startDemoSimulator(config, databases.ingest, new Date(now()), say);
		let isClosing = false;

		return {
			config,
			databases,
			events: { append: appendEvents, replay: replayAfter },
			live,
			ingest,
			waysIn,
			hub,
			outbound,
			access,
			metrics: createMetrics({ databases, ingest, waysIn, live, hub }),
			async readiness() {
				const reasons: string[] = [];
				if (isClosing) reasons.push('正在停止 · stopping');
				if (!databases.isUp()) reasons.push('数据库无法访问 · the database cannot be reached');
				else if (!(await answersInTime(databases)))
					reasons.push('数据库响应过慢 · the database does not answer in time');
				if (live.outbox.waiting() > FINDINGS_BEHIND) reasons.push('告警写入滞后 · alarms wait to be written');
				return { ready: reasons.length === 0, reasons: [...reasons, ...waysIn.problems()] };
			},
			async close() {
				isClosing = true;
				await simulator?.stop();
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

/** Findings not yet written above which the process calls itself not ready. */
const FINDINGS_BEHIND = 5000;
const ANSWER_WITHIN_MS = 1000;

async function startParts(
	config: Config,
	databases: Databases,
	access: Access,
	onFault: (error: unknown) => void,
	say: (line: string) => void,
) {
	const { read, ingest: storing, alarm } = databases;
	const partitions = createPartitions(storing);
	await partitions.ensureAhead(now());
	const live = await startLive(databases, { now, onFault, sweepEveryMs: SWEEP_EVERY_MS });
	const deadLetters = createDeadLetters(storing, now);
	const ingest = createIngest({
		devices: live.state.devices,
		store: openStore(databases),
		partitions,
		onStored: (rows, nowMs) => live.engine.observe(rows, nowMs),
		onRefused: (item, refusal, from) => deadLetters.note(refusedReading(item, refusal, from)),
		onFault,
		isUp: () => databases.isUp(),
		now,
	});
	const pulse = pulseMaker(databases, live, ingest, now);
	const io = sockets();
	io.engine.opts.allowRequest = allowRequest;
	const hub = startHub({
		io,
		state: live.state,
		feed: live.feed,
		read,
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
	const { tokens } = access;
	setFrontHandler('telemetry', telemetryHandler(ingest, tokens, onFault));
	const waysIn = await openWaysIn({
		...{ config, db: storing, tier: databases.tier, ingest, deadLetters, mappings: await openMappings(read), tokens },
		...{ devices: live.state.devices, onFault, say, now },
	});

	const housekeeping = setInterval(() => {
		partitions.ensureAhead(now()).catch(onFault);
		trimEvents(alarm, new Date(now() - eventRules.keepDays.value * 86_400_000)).catch(onFault);
	}, HOUSEKEEPING_EVERY_MS);

	return {
		live,
		ingest,
		waysIn,
		hub,
		async stopParts() {
			clearInterval(housekeeping);
			stopEnding();
			pulse.stop();
			hub.close();
			await live.close();
		},
	};
}

async function answersInTime({ read }: Databases): Promise<boolean> {
	const late = new Promise<false>((resolve) => setTimeout(resolve, ANSWER_WITHIN_MS, false).unref());
	const answered = read
		.selectFrom('source')
		.select('id')
		.limit(1)
		.execute()
		.then(
			() => true,
			() => false,
		);
	return Promise.race([answered, late]);
}
