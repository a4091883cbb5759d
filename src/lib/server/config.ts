// Settings, read once at start. No other file reads process.env.

import { resolve } from 'node:path';
import * as v from 'valibot';
import { wrongNetworks } from './auth/networks.ts';
import { readBaseSetting } from './basemap/base-setting.ts';
import { parseAllowList } from './outbound/allow-list.ts';

const A_PORT = '应为 1 至 65535 的端口号 · must be a port, 1 to 65535';
const A_FEW = '应为 1 至 64 · must be 1 to 64';

const Port = v.pipe(
	v.string(),
	v.regex(/^\d+$/, A_PORT),
	v.transform(Number),
	v.minValue(1, A_PORT),
	v.maxValue(65535, A_PORT),
);

const PostgresAddress = v.optional(
	v.pipe(v.string(), v.regex(/^($|postgres(ql)?:\/\/)/, '应以 postgres:// 开头 · must start with postgres://')),
	'',
);

/** One of a few words. */
const oneOf = <const T extends readonly string[]>(words: T) =>
	v.picklist(words, `应为 ${words.join(' 或 ')} · must be ${words.join(' or ')}`);

const HttpAddress = v.optional(
	v.pipe(
		v.string(),
		v.regex(
			/^($|https?:\/\/[^?#\s@]+$)/,
			'应形如 https://主机/路径，不带问号 · must be like https://host/path, without question mark',
		),
	),
	'',
);

const AllowList = v.pipe(
	v.string(),
	v.rawCheck(({ dataset, addIssue }) => {
		try {
			if (dataset.typed) parseAllowList(dataset.value);
		} catch (error) {
			addIssue({ message: error instanceof Error ? error.message : String(error) });
		}
	}),
);

const BaseMapSetting = v.pipe(
	v.string(),
	v.rawCheck(({ dataset, addIssue }) => {
		try {
			if (dataset.typed) readBaseSetting(dataset.value);
		} catch (error) {
			addIssue({ message: error instanceof Error ? error.message : String(error) });
		}
	}),
);

/** NaN stands for off. */
const PortOrOff = v.union(
	[
		Port,
		v.pipe(
			v.literal('off'),
			v.transform(() => NaN),
		),
	],
	'应为 1 至 65535 的端口号，或 off · must be a port, 1 to 65535, or off',
);
const Few = v.pipe(
	v.string(),
	v.regex(/^\d{1,2}$/, A_FEW),
	v.transform(Number),
	v.minValue(1, A_FEW),
	v.maxValue(64, A_FEW),
);

const Networks = v.pipe(
	v.string(),
	v.transform((text) => text.split(/[,\s]+/).filter((entry) => entry !== '')),
	v.check(
		(entries) => wrongNetworks(entries).length === 0,
		'应为网段，如 10.20.0.0/16，以逗号分隔 · must be networks like 10.20.0.0/16, by commas',
	),
);

export const ConfigSchema = v.object({
	/** Empty starts the embedded database in DATA_DIR. */
	DATABASE_URL: PostgresAddress,
	/** Whose the tables are, for changes of the schema and for backups; DATABASE_URL then is a role that owns nothing. */
	DATABASE_OWNER_URL: PostgresAddress,
	/** A replica that follows DATABASE_URL, for heavy questions whose answer may be a little old; empty: none. */
	DATABASE_READ_URL: PostgresAddress,
	DATA_DIR: v.optional(
		v.pipe(
			v.string(),
			v.minLength(1),
			v.transform((path) => resolve(path)),
		),
		'./data',
	),
	HOST: v.optional(v.pipe(v.string(), v.minLength(1)), '127.0.0.1'),
	PORT: v.optional(Port, '3000'),
	/** Public address of the product, when a proxy stands in front: https://map.example.gov.cn */
	ORIGIN: v.optional(
		v.pipe(
			v.string(),
			v.regex(/^($|https?:\/\/[^/]+$)/, '应形如 https://主机，不带路径 · must be like https://host, no path'),
		),
		'',
	),
	/** Empty uses the offline base map; otherwise a style address or file (see docs). */
	BASEMAP_STYLE: v.optional(BaseMapSetting, ''),
	/** Whose map it is, shown beside the review number. */
	BASEMAP_ATTRIBUTION: v.optional(v.string(), ''),
	/** Review number (审图号) of the bureau's own base map; always shown with it. */
	BASEMAP_REVIEW_NO: v.optional(v.string(), ''),
	BASEMAP_DATUM: v.optional(oneOf(['wgs84', 'gcj02']), 'wgs84'),
	/** The bureau's MQTT broker, mqtt://user:password@host or mqtts://; empty opens one of our own on MQTT_PORT. */
	MQTT_URL: v.optional(
		v.pipe(
			v.string(),
			v.regex(
				/^($|(mqtts?|wss?):\/\/)/,
				'应以 mqtt://、mqtts:// 或 ws:// 开头 · must start with mqtt://, mqtts:// or ws://',
			),
		),
		'',
	),
	/** Port of our own broker; off opens none. */
	MQTT_PORT: v.optional(PortOrOff, '1883'),
	/** Connections to the bureau's broker; each carries its share of the messages. */
	MQTT_CONNECTIONS: v.optional(Few, '1'),
	/** Dust and noise stations by HJ 212-2017, trackers and helmets by JT/T 808, over TCP. */
	HJ212_PORT: v.optional(PortOrOff, 'off'),
	JT808_PORT: v.optional(PortOrOff, 'off'),
	/** Address the ports for devices listen on. */
	DEVICE_HOST: v.optional(v.pipe(v.string(), v.minLength(1)), '127.0.0.1'),
	/** Load the demonstration district into an empty database. */
	DEMO: v.optional(oneOf(['on', 'off']), 'on'),
	SIMULATOR: v.optional(oneOf(['on', 'off']), 'on'),
	/** Six digits of the district. */
	DISTRICT: v.optional(
		v.pipe(v.string(), v.regex(/^\d{6}$/, '应为六位行政区划代码 · must be a six-digit district code')),
		'330109',
	),
	DISTRICT_NAME: v.optional(v.string(), '萧山区'),
	DISTRICT_NAME_EN: v.optional(v.string(), 'Xiaoshan'),
	/** City the district belongs to: its city-wide warnings are ours. Left out, known for the demonstration district only. */
	CITY_NAME: v.optional(v.pipe(v.string(), v.trim())),
	/** Which rule book passwords follow: 等保 (kinds of characters) or OWASP ASVS (length). */
	PASSWORD_POLICY: v.optional(oneOf(['dengbao', 'asvs']), 'dengbao'),
	/** Key that seals the secrets of authenticators; empty: DATA_DIR/access.key. Processes on one database share it. */
	ACCESS_KEY_FILE: v.optional(v.string(), ''),
	/** Networks the administrators' pages are open to, by commas; empty: everywhere the product is. */
	ADMIN_NETWORKS: v.optional(Networks, ''),
	/** Where alarms are sent for SMS or DingTalk (POST, JSON); empty: nowhere. */
	ALARM_WEBHOOK_URL: HttpAddress,
	/** Signs what is sent there (HMAC-SHA-256); empty: unsigned. */
	ALARM_WEBHOOK_SECRET: v.optional(v.string(), ''),
	/** Other machines the server may reach: host:port, or host:port@10.20.0.0/16 for a name inside the office network. */
	OUTBOUND_ALLOW: v.optional(AllowList, ''),
	/** Issuer of the bureau's single sign-on (OpenID Connect); empty: none. */
	OIDC_ISSUER: HttpAddress,
	OIDC_CLIENT_ID: v.optional(v.string(), ''),
	OIDC_CLIENT_SECRET: v.optional(v.string(), ''),
	/** What the button on the sign-in page says. */
	OIDC_NAME: v.optional(v.string(), '统一身份认证'),
	/** 浙政钉: address of its open platform, key and secret of this application; empty: none. */
	ZZD_BASE: HttpAddress,
	/** Address of its sign-in page, which the browser opens. */
	ZZD_LOGIN: HttpAddress,
	ZZD_APP_KEY: v.optional(v.string(), ''),
	ZZD_APP_SECRET: v.optional(v.string(), ''),
	/** An OSRM server of the bureau's own for travel times; empty: estimates. */
	OSRM_URL: HttpAddress,
	/** Where copies of the data go; empty: DATA_DIR/backups. Another disk is wiser. */
	BACKUP_DIR: v.optional(
		v.pipe(
			v.string(),
			v.transform((path) => path && resolve(path)),
		),
		'',
	),
	/** What this process does: take readings in, serve pages, or both. Several need one DATABASE_URL. */
	ROLE: v.optional(oneOf(['both', 'ingest', 'web']), 'both'),
	/** Redis that wakes the other processes and ends sessions in all of them at once; empty: none. */
	REDIS_URL: v.optional(
		v.pipe(v.string(), v.regex(/^($|rediss?:\/\/)/, '应以 redis:// 开头 · must start with redis://')),
		'',
	),
	/** Set by systemd for a service of Type=notify. */
	NOTIFY_SOCKET: v.optional(v.string(), ''),
	WATCHDOG_USEC: v.optional(v.pipe(v.string(), v.regex(/^\d+$/), v.transform(Number)), '0'),
	LOG_LEVEL: v.optional(oneOf(['fatal', 'error', 'warn', 'info', 'debug', 'silent']), 'info'),
});
export type Config = v.InferOutput<typeof ConfigSchema>;

/** @throws Error that lists every wrong setting at once, so that one restart is enough to fix them. */
export function readConfig(env: Record<string, string | undefined> = process.env): Config {
	const result = v.safeParse(ConfigSchema, env);
	if (result.success && result.output.ROLE !== 'both' && !result.output.DATABASE_URL) {
		throw new Error(
			`设置有误：ROLE=${result.output.ROLE} 需要 DATABASE_URL，内置数据库只供一个进程使用 · ROLE needs DATABASE_URL: the embedded database serves one process.`,
		);
	}
	if (result.success && result.output.DATABASE_OWNER_URL && !result.output.DATABASE_URL) {
		throw new Error('设置有误：DATABASE_OWNER_URL 需要 DATABASE_URL · DATABASE_OWNER_URL needs DATABASE_URL.');
	}
	if (result.success) return result.output;
	const lines = result.issues.map(
		(issue) => `  ${v.getDotPath(issue)}：${issue.message}（现为 is “${withoutPassword(String(issue.input))}”）`,
	);
	throw new Error(`设置有误 · These settings are wrong:\n${lines.join('\n')}`);
}

/** What is wrong with an address can be seen without the password in it, which must not stand in a log. */
function withoutPassword(value: string): string {
	return value.replace(/:[^:@/]*@/, ':…@');
}

/** Settings the built pages read from the environment by themselves. Undefined takes one away. */
export function tellPages(settings: Record<string, string | undefined>): void {
	for (const [name, value] of Object.entries(settings)) {
		if (value === undefined) delete process.env[name];
		else process.env[name] = value;
	}
}

/** What a program started by this one finds in its environment. */
export function childEnvironment(more: Record<string, string>): NodeJS.ProcessEnv {
	return { ...process.env, ...more };
}

/** Where the tests have built the programs that are started beside them; no setting of the product. */
export const programsOfTests = (): string | undefined => process.env.SITEWATCH_PROGRAMS;
