// The server without its pages, as a process of its own that a test can kill. Settings come by the environment.

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readConfig } from '#lib/server/config.ts';
import { attach } from '#lib/server/process.ts';
import { startRuntime } from '#lib/server/runtime.ts';

const server = createServer((_, response) => response.writeHead(404).end());
attach(server);
const runtime = await startRuntime(readConfig());
server.listen(0, '127.0.0.1', () => process.send!((server.address() as AddressInfo).port));

process.on('SIGTERM', () => {
	server.close();
	server.closeIdleConnections();
	void runtime.close().then(() => process.exit(0));
});
