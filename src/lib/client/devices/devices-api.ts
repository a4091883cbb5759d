// The doors of devices and dead letters as their pages use them.

import type {
	DeadLetterDetail,
	DeadLetterPage,
	DeviceCurve,
	DeviceSheet,
	LetterChoice,
	MappingNote,
	MappingWish,
	ReplayResult,
	RestoreWish,
} from '#lib/contract/devices.ts';
import { ask } from '../ask.ts';

export const readLetters = (query: URLSearchParams) => ask<DeadLetterPage>(`/api/v1/dead-letters?${query}`);
export const readLetter = (id: string) => ask<DeadLetterDetail>(`/api/v1/dead-letters/${id}`);
export const replayLetters = (choice: LetterChoice) => ask<ReplayResult>('/api/v1/dead-letters/replay', 'POST', choice);
export const discardLetters = (choice: LetterChoice) =>
	ask<{ discarded: string[] }>('/api/v1/dead-letters/discard', 'POST', choice);
export const restoreLetters = (ids: string[]) =>
	ask<{ restored: number }>('/api/v1/dead-letters/restore', 'POST', { ids } satisfies RestoreWish);
export const readMappings = () => ask<{ mappings: MappingNote[] }>('/api/v1/device-mappings');
export const saveMapping = (wish: MappingWish) => ask<{ ok: true }>('/api/v1/device-mappings', 'PUT', wish);

export const readDevice = (id: string) => ask<DeviceSheet>(`/api/v1/devices/${encodeURIComponent(id)}`);
export const setService = (id: string, wish: { until: string | null; reason: string }) =>
	ask<{ until: string | null }>(`/api/v1/devices/${encodeURIComponent(id)}/service`, 'POST', wish);
export const readCurve = (id: string, quantity: string, from: Date, to: Date) =>
	ask<DeviceCurve>(
		`/api/v1/devices/${encodeURIComponent(id)}/curve?${new URLSearchParams({
			quantity,
			from: from.toISOString(),
			to: to.toISOString(),
		})}`,
	);
