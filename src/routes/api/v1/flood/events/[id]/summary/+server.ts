import { readBook } from '#lib/server/flood/read-book.ts';
import { summaryOf } from '#lib/server/flood/summary.ts';
import { idOf, refusal } from '#lib/server/http/caller.ts';
import { downloadOf } from '#lib/server/paper/download.ts';
import type { RequestHandler } from './$types';

/** The after-event summary: `?format=docx` or `pdf`. */
export const GET: RequestHandler = async ({ locals: { scopedDb, scope, runtime }, params, url }) => {
	const id = idOf(params.id, 'flood event');
	const now = new Date();
	const book = await readBook(scopedDb, scope, id, now);
	if (!book) throw refusal('not-found', `flood event ${id}`);
	const format = url.searchParams.get('format') === 'docx' ? 'docx' : 'pdf';
	const summary = summaryOf(book, runtime.config.DISTRICT_NAME, now);
	return downloadOf(summary, format);
};
