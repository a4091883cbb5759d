import { readBook } from '#lib/server/flood/read-book.ts';
import { summaryOf } from '#lib/server/flood/summary.ts';
import { writeDocx } from '#lib/server/flood/write-docx.ts';
import { writePdf } from '#lib/server/flood/write-pdf.ts';
import { idOf, refusal } from '#lib/server/http/caller.ts';
import type { RequestHandler } from './$types';

const TYPE = {
	docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
	pdf: 'application/pdf',
} as const;

/** The after-event summary: `?format=docx` or `pdf`. */
export const GET: RequestHandler = async ({ locals: { scopedDb, scope, runtime }, params, url }) => {
	const id = idOf(params.id, 'flood event');
	const now = new Date();
	const book = await readBook(scopedDb, scope, id, now);
	if (!book) throw refusal('not-found', `flood event ${id}`);
	const format = url.searchParams.get('format') === 'docx' ? 'docx' : 'pdf';
	const summary = summaryOf(book, runtime.config.DISTRICT_NAME, now);
	const bytes = format === 'docx' ? await writeDocx(summary) : await writePdf(summary);
	return new Response(Uint8Array.from(bytes), {
		headers: {
			'content-type': TYPE[format],
			'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(`${summary.title}.${format}`)}`,
		},
	});
};
