// The one shape of an error over HTTP.

import * as v from 'valibot';

export const ErrorBody = v.object({
	error: v.object({
		code: v.string(),
		message: v.string(),
		/** Rows, fields or items it is about; empty when there is nothing to add. */
		details: v.optional(v.array(v.unknown()), []),
	}),
});
export type ErrorBody = v.InferOutput<typeof ErrorBody>;
