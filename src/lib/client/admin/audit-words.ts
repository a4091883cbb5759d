// Deeds of the audit trail as people call them.

import { AUDIT_ACTIONS, type AuditAction } from '#lib/domain/access/audit-action.ts';
import { m } from '../words/generated/messages.js';

const WORDS: Record<AuditAction, () => string> = {
	'session:open': m.audit_do_sessionOpen,
	'session:prove': m.audit_do_sessionProve,
	'session:end': m.audit_do_sessionEnd,
	'password:change': m.audit_do_passwordChange,
	'factor:enrol': m.audit_do_factorEnrol,
	'factor:drop': m.audit_do_factorDrop,
	'factor:reset': m.audit_do_factorReset,
	'identity:bind': m.audit_do_identityBind,
	'identity:unbind': m.audit_do_identityUnbind,
	'person:invite': m.audit_do_personInvite,
	'person:manage': m.audit_do_personManage,
	'grant:give': m.audit_do_grantGive,
	'grant:take': m.audit_do_grantTake,
	'token:create': m.audit_do_tokenCreate,
	'token:revoke': m.audit_do_tokenRevoke,
	'wall:create': m.audit_do_wallCreate,
	'wall:revoke': m.audit_do_wallRevoke,
	'wall:enter': m.audit_do_wallEnter,
	'sheet:open': m.audit_do_sheetOpen,
	'personal:reveal': m.audit_do_personalReveal,
	'export:make': m.audit_do_exportMake,
	'audit:export': m.audit_do_auditExport,
	'register:edit': m.audit_do_registerEdit,
	'import:commit': m.audit_do_importCommit,
	'import:undo': m.audit_do_importUndo,
	'demo:load': m.audit_do_demoLoad,
	'database:move': m.audit_do_databaseMove,
	'retention:drop': m.audit_do_retentionDrop,
	'alarm:acknowledge': m.audit_do_alarmAcknowledge,
	'alarm:assign': m.audit_do_alarmAssign,
	'alarm:verify': m.audit_do_alarmVerify,
	'alarm:close': m.audit_do_alarmClose,
	'alarm:shelve': m.audit_do_alarmShelve,
	'alarm:confirmShelf': m.audit_do_alarmConfirmShelf,
	'alarm:unshelve': m.audit_do_alarmUnshelve,
	'alarm:comment': m.audit_do_alarmComment,
	'alarm:undo': m.audit_do_alarmUndo,
	'device:service': m.audit_do_deviceService,
	'duty:add': m.audit_do_dutyAdd,
	'duty:remove': m.audit_do_dutyRemove,
	'duty:drill': m.audit_do_dutyDrill,
	'handover:sign': m.audit_do_handoverSign,
	'handover:refuse': m.audit_do_handoverRefuse,
	'push:subscribe': m.audit_do_pushSubscribe,
	'rule:draft': m.audit_do_ruleDraft,
	'rule:discard': m.audit_do_ruleDiscard,
	'rule:activate': m.audit_do_ruleActivate,
	'rule:end': m.audit_do_ruleEnd,
	'pit:report-danger': m.audit_do_pitReportDanger,
	'pit:end-danger': m.audit_do_pitEndDanger,
	'pit:walk': m.audit_do_pitWalk,
	'telemetry:send': m.audit_do_telemetrySend,
	'telemetry:repair': m.audit_do_telemetryRepair,
	'grid:manage': m.audit_do_gridManage,
	'coverage:manage': m.audit_do_coverageManage,
	'patrol:plan': m.audit_do_patrolPlan,
	'patrol:staff': m.audit_do_patrolStaff,
	'patrol:field': m.audit_do_patrolField,
	'flood:feed': m.audit_do_floodFeed,
	'flood:direct': m.audit_do_floodDirect,
	'flood:order': m.audit_do_floodOrder,
	'flood:rule': m.audit_do_floodRule,
	'flood:ledger': m.audit_do_floodLedger,
	'flood:answer': m.audit_do_floodAnswer,
	'flood:movement': m.audit_do_floodMovement,
};

/** An entry of an earlier version may name a deed that is not done any more. */
export function deedWord(action: string): string {
	const known = AUDIT_ACTIONS.find((name) => name === action);
	return known ? WORDS[known]() : action;
}

/** Every deed with its word, by word. */
export const deeds = (): { value: string; label: string }[] =>
	AUDIT_ACTIONS.map((value) => ({ value, label: WORDS[value]() })).sort((a, b) => a.label.localeCompare(b.label));
