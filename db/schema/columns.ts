// Kinds of columns. Days are `YYYY-MM-DD` strings and need no kind of their own.

import type { ColumnType } from 'kysely';

declare const geometry: unique symbol;
/** A PostGIS geometry. Opaque: only `server/db/geo.ts` makes and reads one, so a bare string does not compile. */
export type Geometry = { readonly [geometry]: true };

/** Written as text, read back as parsed JSON. */
export type Json = ColumnType<unknown, string, string>;
/** As `Json`, with a default of the database. */
export type GeneratedJson = ColumnType<unknown, string | undefined, string>;
export type MaybeJson = ColumnType<unknown, string | null | undefined, string | null>;

/** A moment; may be written as a Date or an ISO string with zone. */
export type Moment = ColumnType<Date, Date | string, Date | string>;
export type MaybeMoment = ColumnType<Date | null, Date | string | null | undefined, Date | string | null>;

/** An 8-byte integer: read as a string, written as number, bigint or string. */
export type Int8 = ColumnType<string, string | number | bigint, string | number | bigint>;
