// What the hooks put beside every request, and the shape of an error on a page.

import type { Principal } from '#lib/domain/access/principal.ts';
import type { Scope } from '#lib/domain/access/scope.ts';
import type { Caller } from '#lib/server/auth/caller.ts';
import type { Db } from '#lib/server/db/connection.ts';
import type { Fault } from '#lib/server/errors.ts';
import type { Runtime } from '#lib/server/runtime.ts';

declare global {
	namespace App {
		interface Locals {
			principal: Principal;
			/** What the principal may see; the second argument of every repository. */
			scope: Scope;
			/** The pool for reading. */
			db: Db;
			/** For questions with the scope: on a server the database itself holds them to it. */
			scopedDb: Db;
			runtime: Runtime;
			/** Who, from where and when: for commands. */
			caller: Caller;
			requestId: string;
			locale: 'zh-CN' | 'en';
			/** The session of a signed-in person. */
			sessionId?: string;
			/** A fault thrown while answering; the hooks turn it into its status. */
			fault?: Fault;
		}
		interface Error {
			message: string;
			code?: string;
			/** Number to quote to whoever runs the system. */
			quote?: string;
		}
	}
}

export {};
