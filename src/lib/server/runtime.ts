// Builds and closes everything that runs; the only place that knows all parts. One per process, kept on globalThis
// because development loads the app again and again.

import { eventRules } from '#db/rules/event.ts';
import type { Scope } from '#lib/domain/access/scope.ts';
import type { Registry } from 'prom-client';
import type { EventMessage } from '#lib/contract/events.ts';
import { onSessionsEnded } from './auth/session-end.ts';
import { sessionOfCookie } from './auth/session.ts';
import { createTokenCheck } from './auth/token.ts';
import { acknowledgeAlarm } from './commands/acknowledge-alarm.ts';
import type { Config } from './config.ts';
import { openDatabases, type Databases, type Db } from './db/connection.ts';
import { sessionOfHandshake, allowRequest } from './doors/handshake.ts';
import { appendEvents, replayAfter, trimEvents, type NewEvent, type Replay } from './events/log.ts';
import { prepareDatabase } from './first-start.ts';
import { createIngest, type Ingest } from './ingest/accept.ts';
import { telemetryHandler } from './ingest/http.ts';
import { createPartitions } from './ingest/partitions.ts';
import { openStore } from './ingest/store.ts';
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
	/** What keeps it from being ready, for people and programs. */
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
	hub: Hub;
	metrics: Registry;
	/** The one way to other machines. */
	outbound: Outbound;
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
		const parts = await startParts(config, databases, onFault);
		const { live, ingest, hub, stopParts } = parts;
		const simulator = await startDemoSimulator(config, databases.ingest, new Date(now()), say);
		let isClosing = false;

		return {
			config,
			databases,
			events: { append: appendEvents, replay: replayAfter },
			live,
			ingest,
			hub,
			outbound: outboundOf(config),
			metrics: createMetrics({ databases, ingest, live, hub }),
			async readiness() {
				const reasons: string[] = [];
				if (isClosing) reasons.push('正在停止 · stopping');
				if (!databases.isUp()) reasons.push('数据库无法访问 · the database cannot be reached');
				else if (!(await answersInTime(databases)))
					reasons.push('数据库响应过慢 · the database does not answer in time');
				if (live.outbox.waiting() > FINDINGS_BEHIND) reasons.push('告警写入滞后 · alarms wait to be written');
				return { ready: reasons.length === 0, reasons };
			},
			async close() {
				isClosing = true;
				await simulator?.stop();
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

async function startParts(config: Config, databases: Databases, onFault: (error: unknown) => void) {
	const { read, ingest: storing, alarm } = databases;
	const partitions = createPartitions(storing);
	await partitions.ensureAhead(now());
	const live = await startLive(databases, { now, onFault, sweepEveryMs: SWEEP_EVERY_MS });
	const ingest = createIngest({
		devices: live.state.devices,
		store: openStore(databases),
		partitions,
		onStored: (rows, nowMs) => live.engine.observe(rows, nowMs),
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
		recheck: (socket) => sessionOfCookie(read, socket.request.headers.cookie, { touch: false }),
		pulse: pulse.of,
		async acknowledge({ principal }, alarmId) {
			const caller = { principal, address: null, now: new Date(now()) };
			const answer = await acknowledgeAlarm(alarm, caller, alarmId, live.describe);
			if (!answer.ok) return answer;
			live.feed.announce(answer.events);
			return { ok: true };
		},
		onFault,
		now,
	});
	const stopEnding = onSessionsEnded('hub', (ended) => {
		if ('personId' in ended) hub.recheckPerson(ended.personId);
		else hub.endSessions(ended.sessionIds);
	});
	setFrontHandler('telemetry', telemetryHandler(ingest, createTokenCheck(read, { areas: [config.DISTRICT] }), onFault));

	const housekeeping = setInterval(() => {
		partitions.ensureAhead(now()).catch(onFault);
		trimEvents(alarm, new Date(now() - eventRules.keepDays.value * 86_400_000)).catch(onFault);
	}, HOUSEKEEPING_EVERY_MS);

	return {
		live,
		ingest,
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
