/** The process lives and answers; nothing else is asked. */
export const GET = () => Response.json({ alive: true }, { headers: { 'cache-control': 'no-store' } });
