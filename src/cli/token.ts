// `token create|list|revoke`: bearer tokens of programs and devices. `create` prints the token and nothing else.

import { TOKEN_SCOPES } from '#lib/domain/access/principal.ts';
import { createToken } from '#lib/server/commands/create-token.ts';
import { revokeToken } from '#lib/server/commands/revoke-token.ts';
import { isUuid } from '#lib/server/http/uuid.ts';
import { listTokens } from '#lib/server/repositories/token.ts';
import type { CliContext } from './context.ts';
import { oneOf, readOptions } from './read-options.ts';
import { UsageError } from './usage-error.ts';

export const usage = `token create --name NAME --scope ${TOKEN_SCOPES.join('|')} [--site ID …] [--device ID …] [--quantity NAME …]
       token list
       token revoke ID`;

export async function run([command, ...args]: string[], context: CliContext): Promise<number> {
	if (command === 'create') return create(args, context);
	if (command === 'list' && args.length === 0) return list(context);
	if (command === 'revoke' && args.length === 1) return revoke(args[0] ?? '', context);
	throw new UsageError();
}

const WRONG = {
	'unknown-site': '登记簿中没有这些工地 · These sites are not in the register',
	'unknown-device': '登记簿中没有这些设备 · These devices are not in the register',
	'bad-quantity': '不是量的名称 · No names of quantities',
	'bad-network': '网段格式不正确 · No networks',
	'no-name': '名称不能为空 · The name must not be empty.',
	'two-active':
		'其中有设备已有两个有效密钥，请先吊销旧的 · One of these devices has two active keys already; revoke the old one first (token list, token revoke).',
	forbidden: '没有权限 · Not allowed.',
	prove: '请先确认本人身份 · Prove who you are first.',
};

async function create(args: string[], context: CliContext): Promise<number> {
	const wish = readArgs(args);
	const { databases } = await context.open();
	const result = await createToken(databases.ingest, { operator: true, now: context.now() }, wish);
	if (result.ok) {
		context.out(result.bearer);
		return 0;
	}
	context.err('ids' in result ? `${WRONG[result.reason]}: ${result.ids.join(', ')}` : WRONG[result.reason]);
	return 1;
}

function readArgs(args: string[]) {
	const many = { type: 'string', multiple: true } as const;
	const { values } = readOptions({
		args,
		options: { name: { type: 'string' }, scope: { type: 'string' }, site: many, device: many, quantity: many },
	});
	if (values.name === undefined) throw new UsageError('缺少 --name · --name is missing.');
	const scope = oneOf('--scope', values.scope, TOKEN_SCOPES);
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
