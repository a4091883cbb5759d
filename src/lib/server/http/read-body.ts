// Bodies of requests that carry a schema or a file.

import * as v from 'valibot';
import { Fault } from '../errors.ts';

/** JSON of a schema. @throws Fault `bad-input` that names the wrong fields */
export async function jsonBody<S extends v.GenericSchema>(request: Request, schema: S): Promise<v.InferOutput<S>> {
	return jsonOf(await request.text(), schema);
}

/** The same for a body that was read already. */
export function jsonOf<S extends v.GenericSchema>(text: string, schema: S): v.InferOutput<S> {
	let body: unknown;
	try {
		if (text.includes('\\u0000')) throw holdsNul();
		body = JSON.parse(text);
	} catch (cause) {
		if (cause instanceof Fault) throw cause;
		const where = cause instanceof Error ? cause.message : String(cause);
		throw new Fault('bad-input', 'body', `请求不是 JSON · The body is not JSON: ${where}`, { cause });
	}
	const result = v.safeParse(schema, body);
	if (result.success) return result.output;
	const details = result.issues.map((issue) => ({ path: v.getDotPath(issue), message: issue.message }));
	throw new Fault(
		'bad-input',
		'body',
		`请求有误 · The body is wrong: ${details.map(({ path, message }) => `${path ?? ''} ${message}`).join('; ')}`,
		{ details },
	);
}

/** The form of a page. @throws Fault `bad-input` when it is cut off, or a name or text cannot be kept as it is */
export async function formBody(request: Request): Promise<FormData> {
	let form: FormData;
	try {
		form = await request.formData();
	} catch (cause) {
		throw new Fault('bad-input', 'body', '表单不完整 · The form is cut off.', { cause });
	}
	for (const [name, value] of form)
		if (name.includes('\0') || (typeof value === 'string' ? value : value.name).includes('\0')) throw holdsNul();
	return form;
}

/** The database keeps no such character in a text. */
function holdsNul(): Fault {
	return new Fault('bad-input', 'body', '文字中有空字符 · A text holds a NUL character.');
}

export interface SentFile {
	name: string | null;
	bytes: Uint8Array;
	/** Fields sent beside the file. */
	fields: Record<string, string>;
}

/** A file as the body itself, or as `file` of a multipart form. */
export async function fileBody(request: Request): Promise<SentFile> {
	const isForm = (request.headers.get('content-type') ?? '').startsWith('multipart/form-data');
	if (!isForm) return { name: null, bytes: new Uint8Array(await request.arrayBuffer()), fields: {} };
	const form = await formBody(request);
	const file = form.get('file');
	if (!(file instanceof Blob)) throw new Fault('bad-input', 'file', '表单中没有文件（file） · The form holds no file.');
	const fields = Object.fromEntries(
		[...form].flatMap(([key, value]) => (typeof value === 'string' ? [[key, value]] : [])),
	);
	return { name: file instanceof File ? file.name : null, bytes: new Uint8Array(await file.arrayBuffer()), fields };
}
