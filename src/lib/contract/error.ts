// The one shape of an error over HTTP.

import * as v from 'valibot';

export const ErrorBody = v.object({
	error: v.object({
		code: v.string(),
		message: v.string(),
		details: v.optional(v.array(v.unknown())),
	}),
});
export type ErrorBody = v.InferOutput<typeof ErrorBody>;
