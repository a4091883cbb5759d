// `verify-audit`: walks the audit trail and says whether anybody touched it. The head it prints, kept elsewhere and
// given next time as --anchor, also finds a trail that was cut off at its end.

import { verifyAudit, type Anchor, type AuditVerdict } from '#lib/server/audit/verify.ts';
import type { CliContext } from './context.ts';
import { readOptions } from './read-options.ts';
import { UsageError } from './usage-error.ts';

export const usage = 'verify-audit [--anchor SEQ:HASH]';

const WHY: Record<Extract<AuditVerdict, { ok: false }>['why'], string> = {
	altered: '内容被改动 · was altered',
	missing: '缺失 · is missing',
	relinked: '与前一条不相连 · does not follow from the one before',
	'anchor-missing': '早先存在，现已缺失 · was there before and is missing',
	'anchor-differs': '与早先记下的不同 · differs from what was noted before',
};

export async function run(args: string[], context: CliContext): Promise<number> {
	const anchor = readArgs(args);
	const { databases } = await context.open();
	const verdict = await verifyAudit(databases.read, anchor);
	if (verdict.ok) {
		context.out(`审计记录完整 · The audit trail is whole: ${verdict.entries}:${verdict.head}`);
		return 0;
	}
	context.err(`审计记录第 ${verdict.seq} 条 · Entry ${verdict.seq} of the audit trail: ${WHY[verdict.why]}`);
	return 1;
}

function readArgs(args: string[]): Anchor | undefined {
	const text = readOptions({ args, options: { anchor: { type: 'string' } } }).values.anchor;
	if (text === undefined) return undefined;
	const match = /^([1-9]\d*):([0-9a-f]{64})$/.exec(text);
	if (!match) throw new UsageError();
	return { seq: Number(match[1]), hash: match[2] ?? '' };
}
