import * as v from 'valibot';
import { ImportKind } from '#lib/contract/import.ts';
import { draftImport } from '#lib/server/commands/draft-import.ts';
import { Fault } from '#lib/server/errors.ts';
import { fileBody } from '#lib/server/http/read-body.ts';
import type { RequestHandler } from './$types';

/** A file in, a draft out: `?kind=&datum=&name=&whole=&sheet=`, or the same as fields of a form. */
export const POST: RequestHandler = async ({ request, url, locals, getClientAddress }) => {
	const { runtime, principal } = locals;
	const { name, bytes, fields } = await fileBody(request);
	const given = (key: string) => url.searchParams.get(key) ?? fields[key] ?? null;
	const kind = v.safeParse(ImportKind, given('kind'));
	if (!kind.success)
		throw new Fault(
			'bad-input',
			'kind',
			`请指明 kind：${ImportKind.options.join('、')} · Say which kind: ${ImportKind.options.join(', ')}.`,
		);

	const sheet = given('sheet');
	const caller = { principal, address: getClientAddress(), now: new Date() };
	const draft = await draftImport(runtime.databases.ingest, caller, {
		kind: kind.output,
		fileName: (given('name') ?? name ?? kind.output).slice(0, 200),
		bytes,
		district: runtime.config.DISTRICT,
		datum: given('datum'),
		whole: given('whole') === 'true',
		...(sheet !== null && { sheet }),
	});
	return Response.json(draft, { status: 201 });
};
