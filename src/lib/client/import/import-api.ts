// The import doors as the page uses them. Files go as the body of the request, with how far the upload is.

import type {
	CommitRequest,
	DraftChange,
	ImportDraft,
	ImportKind,
	ImportResult,
	SourceEntry,
	UndoResult,
} from '#lib/contract/import.ts';
import { ask, networkDown, sentenceOf } from '../ask.ts';

/** @param onprogress - share of the file that has left, 0 to 1 */
export function sendFile(
	file: File,
	kind: ImportKind,
	datum: string | null,
	onprogress: (share: number) => void,
): Promise<ImportDraft> {
	const query = new URLSearchParams({ kind, name: file.name });
	if (datum) query.set('datum', datum);
	return new Promise((resolve, reject) => {
		// fetch cannot say how far an upload is.
		const request = new XMLHttpRequest();
		request.open('POST', `/api/v1/imports?${query}`);
		request.setRequestHeader('content-type', 'application/octet-stream');
		request.responseType = 'json';
		request.upload.onprogress = ({ loaded, total }) => onprogress(total > 0 ? loaded / total : 0);
		request.onload = () => {
			const body = request.response as unknown;
			if (request.status >= 200 && request.status < 300) resolve(body as ImportDraft);
			else reject(new Error(sentenceOf(body, request.status)));
		};
		request.onerror = () => reject(networkDown());
		request.send(file);
	});
}

export const changeDraft = (id: string, change: DraftChange) =>
	ask<ImportDraft>(`/api/v1/imports/${id}`, 'PATCH', change);
export const commitDraft = (id: string, request: CommitRequest) =>
	ask<ImportResult>(`/api/v1/imports/${id}`, 'POST', request);
export const undoSource = (id: string) => ask<UndoResult>(`/api/v1/sources/${id}/undo`, 'POST', {});

export async function readSources(): Promise<SourceEntry[]> {
	const { sources } = await ask<{ sources: SourceEntry[] }>('/api/v1/sources', 'GET');
	return sources;
}
