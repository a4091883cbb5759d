// What a browser says about passkeys. The answer of the authenticator itself is judged by the library that reads it.

import * as v from 'valibot';

const Challenge = v.pipe(v.string(), v.regex(/^[\w-]{20,200}$/));
const Response = v.record(v.string(), v.unknown());

export const PasskeyRequest = v.variant('do', [
	v.object({ do: v.literal('enrol') }),
	v.object({
		do: v.literal('enrolled'),
		challenge: Challenge,
		name: v.pipe(v.string(), v.maxLength(60)),
		response: Response,
	}),
	v.object({ do: v.literal('prove') }),
	v.object({ do: v.literal('proven'), challenge: Challenge, response: Response }),
]);
