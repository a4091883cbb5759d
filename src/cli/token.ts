// `token create|list|revoke`: bearer tokens of programs and devices. `create` prints the token and nothing else.

import { parseArgs } from 'node:util';
import { TOKEN_SCOPES } from '#lib/domain/access/principal.ts';
import { createToken } from '#lib/server/commands/create-token.ts';
import { revokeToken } from '#lib/server/commands/revoke-token.ts';
import { isUuid } from '#lib/server/http/uuid.ts';
import { listTokens } from '#lib/server/repositories/token.ts';
import type { CliContext } from './context.ts';
import { UsageError } from './usage-error.ts';

export const usage = `token create --name NAME --scope ${TOKEN_SCOPES.join('|')} [--site ID …] [--device ID …] [--quantity NAME …]
       token list
       token revoke ID`;

export async function run([command, ...args]: string[], context: CliContext): Promise<number> {
	if (command === 'create') return create(args, context);
	if (command === 'list' && args.length === 0) return list(context);
	if (command === 'revoke' && args.length === 1) return revoke(args[0] ?? '', context);
	throw new UsageError(usage);
}

const WRONG = {
	'unknown-site': '登记簿中没有这些工地 · These sites are not in the register',
	'unknown-device': '登记簿中没有这些设备 · These devices are not in the register',
	'bad-quantity': '不是量的名称 · No names of quantities',
	'bad-network': '网段格式不正确 · No networks',
};

async function create(args: string[], context: CliContext): Promise<number> {
	const wish = readArgs(args);
	const { databases } = await context.open();
	const result = await createToken(databases.ingest, { operator: true, now: context.now() }, wish);
	if (result.ok) {
		context.out(result.bearer);
		return 0;
	}
	if ('ids' in result) {
		context.err(`${WRONG[result.reason]}: ${result.ids.join(', ')}`);
	} else context.err('名称不能为空 · The name must not be empty.');
	return 1;
}

function readArgs(args: string[]) {
	const many = { type: 'string', multiple: true } as const;
	let values;
	try {
		({ values } = parseArgs({
			args,
			options: { name: { type: 'string' }, scope: { type: 'string' }, site: many, device: many, quantity: many },
		}));
	} catch (error) {
		throw new UsageError(error instanceof Error ? error.message : String(error));
	}
	const scope = TOKEN_SCOPES.find((known) => known === values.scope);
	if (!scope || values.name === undefined) throw new UsageError(usage);
	return { name: values.name, scope, siteIds: values.site, deviceIds: values.device, quantities: values.quantity };
}

async function list(context: CliContext): Promise<number> {
	const { databases } = await context.open();
	for (const { id, name, scope, createdAt, lastUsedAt, revokedAt } of await listTokens(databases.read)) {
		const state = revokedAt ? 'revoked' : `last used ${lastUsedAt?.toISOString() ?? 'never'}`;
		context.out([id, scope, createdAt.toISOString(), state, name].join('\t'));
	}
	return 0;
}

async function revoke(id: string, context: CliContext): Promise<number> {
	const { databases } = await context.open();
	const caller = { operator: true, now: context.now() } as const;
	const found = isUuid(id) && (await revokeToken(databases.ingest, caller, id)).ok;
	if (found) context.out(`已吊销 · Revoked ${id}`);
	else context.err(`没有有效的令牌 ${id} · There is no such token to revoke: ${id}`);
	return found ? 0 : 1;
}
