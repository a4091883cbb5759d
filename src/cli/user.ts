// `user create|list|disable`: people and their roles, for whoever runs the server.

import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { PERSON_ROLES } from '#lib/domain/access/principal.ts';
import { createPerson, type CreatePerson } from '#lib/server/commands/create-person.ts';
import { disablePerson } from '#lib/server/commands/disable-person.ts';
import { listPeople } from '#lib/server/repositories/person.ts';
import type { CliContext } from './context.ts';
import { oneOf, readOptions } from './read-options.ts';
import { UsageError } from './usage-error.ts';

export const usage = `user create LOGIN --name NAME --role ${PERSON_ROLES.join('|')} [--role …] [--area CODE] [--password-stdin]
       user list
       user disable LOGIN | --demo`;

export async function run([command, ...args]: string[], context: CliContext): Promise<number> {
	if (command === 'create') return create(args, context);
	if (command === 'list' && args.length === 0) return list(context);
	if (command === 'disable' && args.length === 1) return disable(args[0] ?? '', context);
	throw new UsageError();
}

const REFUSAL: Record<Exclude<Extract<CreatePerson, { ok: false }>['reason'], 'weak'>, string> = {
	forbidden: '没有权限 · Not allowed.',
	prove: '请先确认本人身份 · Prove who you are first.',
	'bad-login':
		'账号须为 3 至 32 位小写字母、数字、点、横线并以字母开头，姓名不能为空 · The login must be 3 to 32 small letters, digits, dots or dashes and begin with a letter; the name must not be empty.',
	taken: '账号已存在 · The login is taken.',
	'bad-area': '区域代码须为 6、9 或 15 位数字 · The area must have 6, 9 or 15 digits.',
	'district-only':
		'安全管理员和审计员只能授予全区 · Security administrator and auditor are given for the whole district only.',
	'admins-apart':
		'系统管理员、安全管理员、审计员不能由同一人担任 · System administrator, security administrator and auditor must be different people.',
	'not-for-people': '此角色不属于人员 · This role is not for people.',
};

async function create(args: string[], context: CliContext): Promise<number> {
	const { login, name, roles, area, isPiped } = readArgs(args);
	const { databases, config } = await context.open();
	const password = isPiped ? readFileSync(0, 'utf8').replace(/\r?\n$/, '') : madePassword();
	const result = await createPerson(
		databases.ingest,
		{ operator: true, now: context.now() },
		{ login, name, roles, password, area: area ?? config.DISTRICT, policy: config.PASSWORD_POLICY },
	);
	if (!result.ok) {
		const why =
			result.reason === 'weak'
				? `密码不合格 · The password is not acceptable: ${result.flaws.join(', ')}`
				: REFUSAL[result.reason];
		context.err(why);
		return 1;
	}
	if (isPiped) context.out(`已创建 · Created ${login}`);
	else context.out(`${login}\t${password}`);
	return 0;
}

function readArgs(args: string[]) {
	const { values, positionals } = readOptions({
		args,
		allowPositionals: true,
		options: {
			name: { type: 'string' },
			role: { type: 'string', multiple: true },
			area: { type: 'string' },
			'password-stdin': { type: 'boolean', default: false },
		},
	});
	const [login] = positionals;
	const roles = (values.role ?? []).map((role) => oneOf('--role', role, PERSON_ROLES));
	if (!login || positionals.length > 1 || values.name === undefined || roles.length === 0) throw new UsageError();
	return {
		login,
		name: values.name,
		roles,
		area: values.area,
		isPiped: values['password-stdin'],
	};
}

/** Shown once. Letters of both kinds, digits and a sign, so that either rule book accepts it. */
function madePassword(): string {
	return `${randomBytes(15).toString('base64url')}-Aa7`;
}

async function list(context: CliContext): Promise<number> {
	const { databases } = await context.open();
	for (const { login, name, roles, isDemo, disabledAt } of await listPeople(databases.read)) {
		const marks = [isDemo && 'demo', disabledAt && 'disabled'].filter(Boolean).join(',');
		context.out([login, name, roles.join(','), marks].join('\t'));
	}
	return 0;
}

async function disable(which: string, context: CliContext): Promise<number> {
	const { databases } = await context.open();
	const caller = { operator: true, now: context.now() } as const;
	const result = await disablePerson(databases.ingest, caller, which === '--demo' ? { demo: true } : { login: which });
	if (result.ok) context.out(`已停用 · Disabled: ${result.logins.join(', ')}`);
	else context.err(`没有此账号 · There is no such account: ${which}`);
	return result.ok ? 0 : 1;
}
