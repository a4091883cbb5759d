// What a bureau installs by: the unit of systemd and the compose file say nothing that the program does not know.

import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { ConfigSchema, programsOfTests, readConfig } from '#lib/server/config.ts';

const FOLDER = 'docs/deploy';
const read = (name: string) => readFileSync(join(FOLDER, name), 'utf8');
const SETTINGS = new Set(Object.keys(ConfigSchema.entries));
/** Read by Node itself. */
const OF_NODE = new Set(['NODE_ENV']);
const isKnown = (name: string) => SETTINGS.has(name) || OF_NODE.has(name);

test('docs/settings.md names every setting, and no other', () => {
	const rows = [...readFileSync('docs/settings.md', 'utf8').matchAll(/^\| (`[A-Z0-9_]+`(?:, `[A-Z0-9_]+`)*) \|/gm)];
	const named = rows.flatMap(([, names]) => [...names!.matchAll(/`(\w+)`/g)].map(([, name]) => name!));
	expect(named.sort()).toEqual([...SETTINGS].sort());
});

describe('the compose file', () => {
	interface Service {
		image: string;
		command?: string;
		user?: string;
		environment?: Record<string, string>;
		volumes?: string[];
		depends_on?: Record<string, { condition: string }>;
		healthcheck?: { test: string[] };
	}
	const text = read('compose.yaml');
	const { services, volumes } = parse(text) as { services: Record<string, Service>; volumes: Record<string, unknown> };
	/** `NAME=value` of the example, with something in every secret. */
	const example = Object.fromEntries(
		[...read('env.example').matchAll(/^([A-Z_]+)=(.*)$/gm)].map(([, name, value]) => [name!, value || 'secret']),
	);
	const filled = (value: string) =>
		value.replace(/\$\{(\w+)(?::[?-][^}]*)?\}/g, (_, name: string) => example[name] ?? '');

	test('is YAML with a database, a broker and the program, each with an image', () => {
		expect(Object.keys(services).sort()).toEqual(['broker', 'database', 'folders', 'sitewatch']);
		expect(Object.values(services).filter(({ image }) => !image?.includes(':'))).toEqual([]);
	});

	test('every variable it gives the program is a setting, and the program takes the values', () => {
		const environment = services['sitewatch']!.environment!;
		expect(Object.keys(environment).filter((name) => !isKnown(name))).toEqual([]);
		const given = Object.fromEntries(Object.entries(environment).map(([name, value]) => [name, filled(value)]));
		expect(readConfig(given)).toMatchObject({ DEMO: 'off', SIMULATOR: 'off', DATA_DIR: '/var/lib/sitewatch' });
	});

	test('every variable it asks of .env stands in the example, and nothing else does', () => {
		const asked = new Set([...text.matchAll(/\$\{(\w+)/g)].map(([, name]) => name!));
		expect(Object.keys(example).sort()).toEqual([...asked].sort());
	});

	test('what it mounts, waits for and runs is there', () => {
		for (const service of Object.values(services)) {
			for (const volume of service.volumes ?? []) {
				const from = filled(volume).split(':')[0]!;
				if (!/^[./]/.test(from)) expect(Object.keys(volumes)).toContain(from);
			}
			for (const name of Object.keys(service.depends_on ?? {})) expect(Object.keys(services)).toContain(name);
		}
		const program = services['sitewatch']!.command!.split(' ').at(-1)!;
		expect(program).toMatch(/^build\/programs\//);
		expect(existsSync(program.replace(/^build\/programs/, programsOfTests()!))).toBe(true);
		expect(existsSync(join(FOLDER, 'mosquitto.conf'))).toBe(true);
		const asked = services['sitewatch']!.healthcheck!.test;
		expect(
			asked.filter((part) => part.includes(' ')),
			'podman takes a command with blanks apart',
		).toEqual([]);
		expect(existsSync(asked.at(-1)!)).toBe(true);
	});

	test('folders the program writes to belong to the user it runs as before it starts', () => {
		const { sitewatch, folders } = services as Record<string, Service>;
		const written = sitewatch!.volumes!.filter((volume) => !volume.endsWith(':ro'));
		expect(folders!.volumes).toEqual(written);
		expect(folders!.command).toBe(
			`chown ${sitewatch!.user}:${sitewatch!.user} ${written.map((volume) => volume.split(':').at(-1)).join(' ')}`,
		);
		expect(sitewatch!.depends_on!['folders']).toEqual({ condition: 'service_completed_successfully' });
	});

	test('the broker asks for a password under the name the program has', () => {
		expect(read('mosquitto.conf')).toMatch(/^allow_anonymous false$/m);
		expect(read('mosquitto.conf')).toContain('mosquitto_passwd -c mosquitto.passwords sitewatch');
		expect(services['sitewatch']!.environment!['MQTT_URL']).toContain('mqtt://sitewatch:');
	});
});

describe('the unit of systemd', () => {
	const unit = read('sitewatch.service');
	const line = (name: string) => unit.match(new RegExp(`^${name}=(.*)$`, 'm'))?.[1] ?? '';

	test('every variable it sets is a setting, and the program takes the values', () => {
		const given = Object.fromEntries(
			line('Environment')
				.split(' ')
				.map((pair) => pair.split('=') as [string, string]),
		);
		expect(Object.keys(given).filter((name) => !isKnown(name))).toEqual([]);
		expect(readConfig(given)).toMatchObject({ DEMO: 'off', SIMULATOR: 'off' });
		expect(line('ReadWritePaths')).toBe(given['DATA_DIR']);
	});

	test('starts the same program as the compose file, and is told that it lives', () => {
		const { services } = parse(read('compose.yaml')) as { services: Record<string, { command: string }> };
		expect(line('ExecStart').replace('/usr/bin/', '')).toBe(services['sitewatch']!.command);
		expect(line('Type')).toBe('notify');
		expect(Number(line('WatchdogSec'))).toBeGreaterThan(0);
	});

	const verifier = spawnSync('systemd-analyze', ['--version']);
	test.skipIf(verifier.status !== 0)('systemd finds nothing wrong in it', () => {
		const { status, stderr } = spawnSync('systemd-analyze', ['verify', join(FOLDER, 'sitewatch.service')], {
			encoding: 'utf8',
		});
		expect([
			status,
			stderr.split('\n').filter((said) => said.includes('sitewatch') && !/not executable/.test(said)),
		]).toEqual([0, []]);
	});
});
