// Opens the TCP ports that the settings name; one that cannot be had is told and the others go on.

import type { Config } from '../../config.ts';
import type { Mappings } from '../mappings.ts';
import { portProblem } from '../port-problem.ts';
import type { Intake } from '../take-decoded.ts';
import { hj212, jt808 } from './protocols.ts';
import { serveFrames, type FrameDoor } from './serve-frames.ts';

export interface TcpDoors {
	problems(): string[];
	isOpen(protocol: 'HJ 212' | 'JT/T 808'): boolean;
	connections(): number;
	close(): Promise<void>;
}

export async function openTcpPorts(
	config: Pick<Config, 'HJ212_PORT' | 'JT808_PORT' | 'DEVICE_HOST'>,
	intake: Intake & { mappings: Mappings; now: () => number },
	/** Of this installation: terminals authenticate by codes made from it. */
	secret: string,
	{ onFault, say }: { onFault: (error: unknown) => void; say: (line: string) => void },
): Promise<TcpDoors> {
	const doors = new Map<string, FrameDoor>();
	const problems: string[] = [];
	const { mappings, now } = intake;
	for (const [what, setting, protocol] of [
		['HJ 212', 'HJ212_PORT', hj212(mappings, now)],
		['JT/T 808', 'JT808_PORT', jt808(mappings, now, secret)],
	] as const) {
		const port = config[setting];
		if (Number.isNaN(port)) continue;
		try {
			doors.set(what, await serveFrames({ port, host: config.DEVICE_HOST, protocol, intake, onFault }));
		} catch (error) {
			problems.push(portProblem(what, setting, port, config.DEVICE_HOST, error));
			say(problems.at(-1)!);
		}
	}
	return {
		problems: () => problems,
		isOpen: (protocol) => doors.has(protocol),
		connections: () => [...doors.values()].reduce((sum, door) => sum + door.connections(), 0),
		async close() {
			await Promise.all([...doors.values()].map((door) => door.close()));
		},
	};
}
