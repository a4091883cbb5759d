// What people report at a pit, sent to its doors.

import type { DangerWish, WalkWish } from '#lib/contract/pit-section.ts';
import { ask } from '../ask.ts';

export const sendDanger = (pitId: string, wish: DangerWish) => ask<void>(`/api/v1/pits/${pitId}/danger`, 'POST', wish);
export const sendDangerEnd = (pitId: string, dangerId: string, note: string) =>
	ask<void>(`/api/v1/pits/${pitId}/danger`, 'PATCH', { dangerId, note });
export const sendWalk = (pitId: string, wish: WalkWish) => ask<void>(`/api/v1/pits/${pitId}/walk`, 'POST', wish);

/** A photograph as the server takes it. @throws Error in words when it is too large */
export async function asPhoto(file: File): Promise<NonNullable<DangerWish['photo']>> {
	const bytes = new Uint8Array(await file.arrayBuffer());
	let text = '';
	for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
	return { type: file.type as 'image/jpeg', data: btoa(text) };
}
