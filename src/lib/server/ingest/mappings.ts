// What vendors call devices and how their frames are read, in memory: every frame asks, and people change it rarely.

import type { Db } from '../db/connection.ts';
import { deviceMappings } from '../repositories/device-mapping.ts';
import type { Mapping, MappingSettings } from './decode/decoded.ts';

export interface Mappings {
	of(protocol: string): Mapping;
	/** Reads them again. */
	refresh(): Promise<void>;
}

export async function openMappings(db: Db): Promise<Mappings> {
	let names = new Map<string, string>();
	let settings = new Map<string, MappingSettings>();
	const key = (protocol: string, externalId: string) => `${protocol}\0${externalId}`;

	async function refresh(): Promise<void> {
		const rows = await deviceMappings(db);
		names = new Map(rows.flatMap((row) => (row.deviceId ? [[key(row.protocol, row.externalId), row.deviceId]] : [])));
		settings = new Map(rows.map((row) => [key(row.protocol, row.externalId), row.settings as MappingSettings]));
	}
	await refresh();

	return {
		refresh,
		of: (protocol) => ({
			deviceOf: (externalId) => names.get(key(protocol, externalId)) ?? externalId,
			settingsOf: (externalId) => ({ ...settings.get(key(protocol, '*')), ...settings.get(key(protocol, externalId)) }),
		}),
	};
}
