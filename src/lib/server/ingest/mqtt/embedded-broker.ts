// The broker inside the app, for devices that speak MQTT where the bureau has no broker of its own. It only takes in:
// a message is acknowledged after its readings are committed, and nothing is handed on to anybody.

import { createServer, type Server, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Aedes, type AuthenticateError, type Client } from 'aedes';
import { ingestRules } from '#db/rules/ingest.ts';
import { authorize } from '#lib/domain/access/authorize.ts';
import type { Narrowing, Token } from '#lib/domain/access/principal.ts';
import type { TokenCheck } from '../../auth/token.ts';
import { createBuckets } from '../../doors/bucket.ts';
import { noteRefusal } from '../../doors/refusals.ts';
import { takeMessage, type MqttIntake } from './take-message.ts';
import { mayPublish, readTopic } from './topic.ts';
import { Bridge } from './version-bridge.ts';

export interface MqttDoor {
	/** How it stands, for people: undefined when everything is well. */
	problem(): string | undefined;
	connections(): number;
	/** @param leaves - others go on taking in: the broker keeps nothing for this process any more */
	close(leaves?: boolean): Promise<void>;
}

export interface BrokerOptions {
	port: number;
	host: string;
	tokens: Pick<TokenCheck, 'check' | 'peek'>;
	intake: MqttIntake;
	onFault: (error: unknown) => void;
}

const BAD_PASSWORD = 4;
const NOT_AUTHORIZED = 0x87;
const ms = (rule: { value: number }) => rule.value * 1000;

/** @throws the system's error when the port cannot be had */
export async function openBroker({
	port,
	host,
	tokens,
	intake,
	onFault,
}: BrokerOptions): Promise<MqttDoor & { port: number }> {
	const rules = ingestRules.mqtt;
	const keys = new WeakMap<Client, { bearer: string; principal: Token }>();
	const buckets = createBuckets();

	const broker = await Aedes.createBroker({
		connectTimeout: ms(rules.connectWithin),
		drainTimeout: ms(rules.drain),
		maxInflightInbound: rules.inFlight.value,
		maxTopicLevels: 8,
		authenticate: (client, username, password, done) => {
			signIn(username, password?.toString('utf8')).then(
				(key) => {
					if (key) keys.set(client, key);
					done(key ? null : refused(), key !== null);
				},
				(error: unknown) => done(error as AuthenticateError, false),
			);
		},
		authorizePublish: (client, packet, done) => {
			packet.retain = false;
			publish(client, packet.topic, packet.payload).then(
				() => done(),
				(error: unknown) => done(error as Error),
			);
		},
		authorizeSubscribe: (_client, _subscription, done) => done(null, null),
	});
	broker.on('clientError', (_client, error) => quietly(error));
	broker.on('connectionError', (_client, error) => quietly(error));

	/** User name: the key's public id, password: its secret; or the whole key as password. */
	async function signIn(username = '', password = '') {
		const bearer = password.startsWith('swt_') ? password : `swt_${username}_${password}`;
		const principal = await tokens.check(bearer);
		if (principal && authorize(principal, 'telemetry:send').ok) return { bearer, principal };
		noteRefusal('mqtt', principal ? 'forbidden' : 'not-signed-in');
		return null;
	}

	async function publish(client: Client | null, topic: string, payload: Buffer | string): Promise<void> {
		const key = client && keys.get(client);
		if (!key) throw new Error('no key');
		// A key that was revoked while its connection stood ends that connection.
		const principal = tokens.peek(key.bearer) ?? (await tokens.check(key.bearer));
		if (!principal) return refuse(client, 'revoked');
		for (let isNew = true; !buckets.take(principal, isNew); isNew = false) await sleep(WAIT_MS);
		const narrowing = narrowingOf(principal);
		const bytes = typeof payload === 'string' ? Buffer.from(payload) : payload;
		const read = readTopic(topic);
		if (read && !mayPublish(read, principal.id.replaceAll('-', ''), narrowing)) {
			intake.deadLetters.note({
				...{ protocol: 'mqtt', source: topic, raw: bytes, reason: 'not-allowed' },
				keyId: principal.id,
				...(read.device !== undefined && { externalId: read.device }),
				detail: `密钥“${principal.name}”不能用于此主题 · The key “${principal.name}” may not publish here.`,
			});
			return refuse(client, 'topic not allowed');
		}
		await takeMessage(intake, topic, bytes, narrowing, principal.id);
	}

	function refuse(client: Client, why: 'revoked' | 'topic not allowed'): never {
		noteRefusal('mqtt', why === 'revoked' ? why : 'topic');
		if (client.conn instanceof Bridge) client.conn.reason = NOT_AUTHORIZED;
		throw new Error(why);
	}

	/** Lines break and devices misbehave; only what is a mistake of ours is a fault. */
	function quietly(error: Error): void {
		if (error instanceof TypeError || error instanceof RangeError) onFault(error);
	}

	const limits = { packetBytes: rules.packet.value, receiveMaximum: rules.inFlight.value };
	const sockets = new Set<Socket>();
	const server = createServer((socket) => {
		sockets.add(socket);
		socket.once('close', () => sockets.delete(socket));
		socket.setNoDelay(true);
		broker.handle(new Bridge(socket, limits));
	});
	server.maxConnections = rules.connections.value;
	try {
		await listening(server, port, host);
	} catch (error) {
		broker.close();
		throw error;
	}
	server.on('error', onFault);

	return {
		port: (server.address() as { port: number }).port,
		problem: () => undefined,
		connections: () => sockets.size,
		async close() {
			const closed = new Promise<void>((resolve) => server.close(() => resolve()));
			await new Promise<void>((resolve) => broker.close(resolve));
			for (const socket of sockets) socket.destroy();
			await closed;
		},
	};
}

const WAIT_MS = 100;

function refused(): AuthenticateError {
	return Object.assign(new Error('bad key'), { returnCode: BAD_PASSWORD as AuthenticateError['returnCode'] });
}

function narrowingOf({ siteIds, deviceIds, quantities }: Narrowing): Narrowing | undefined {
	if (!siteIds && !deviceIds && !quantities) return undefined;
	return { ...(siteIds && { siteIds }), ...(deviceIds && { deviceIds }), ...(quantities && { quantities }) };
}

function listening(server: Server, port: number, host: string): Promise<void> {
	return new Promise((resolve, reject) => {
		server.once('error', reject);
		server.listen(port, host, () => {
			server.off('error', reject);
			resolve();
		});
	});
}
