// A paper as the file a browser saves.

import type { Paper } from './paper.ts';
import { writeDocx } from './write-docx.ts';
import { writePdf } from './write-pdf.ts';

const TYPE = {
	docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
	pdf: 'application/pdf',
} as const;

export async function downloadOf(paper: Paper, format: 'docx' | 'pdf'): Promise<Response> {
	const bytes = format === 'docx' ? await writeDocx(paper) : await writePdf(paper);
	return new Response(Uint8Array.from(bytes), {
		headers: {
			'content-type': TYPE[format],
			'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(`${paper.title}.${format}`)}`,
		},
	});
}
