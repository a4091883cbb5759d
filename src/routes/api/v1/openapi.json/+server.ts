import { openApi } from '#lib/server/http/openapi.ts';

export const GET = () => Response.json(openApi());
