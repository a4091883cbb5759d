// What is tried wherever a text comes in from outside.

/** Strings that would show if a value ever became part of a statement. */
export const SQL = [
	`'`,
	`' or '1'='1`,
	`1; drop table site; --`,
	`') union select null, version(), null --`,
	`%27%3b select pg_sleep(60)--`,
	`\\'; delete from audit; --`,
	`$$; truncate alarm; $$`,
	`{"$gt": ""}`,
	`a'||(select tablename from pg_tables limit 1)||'`,
	`\u0000`,
	`1e400`,
	`-9223372036854775809`,
];

/** What a database says when a value became part of a statement, or an answer that tells of it. */
export const SQL_SPEAKING = /syntax error|PostgreSQL 1\d|pg_catalog|unterminated/;
