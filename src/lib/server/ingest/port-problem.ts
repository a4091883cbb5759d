// Why a port for devices could not be opened, in one sentence.

/** @param setting - the variable that names another port, or `off` */
export function portProblem(what: string, setting: string, port: number, host: string, error: unknown): string {
	const { code } = error as NodeJS.ErrnoException;
	const why: Record<string, [string, string]> = {
		EADDRINUSE: ['已被其他程序占用', 'is in use by another program'],
		EACCES: ['没有权限使用', 'may not be used by this account'],
		EADDRNOTAVAIL: [`本机没有地址 ${host}`, `needs the address ${host}, which this machine lacks`],
	};
	const [chinese, english] = why[code ?? ''] ?? ['无法打开', `cannot be opened (${String(code ?? error)})`];
	return (
		`${what} 端口 ${port} ${chinese}，其余功能不受影响；可用 ${setting}=… 换一个，或设为 off · ` +
		`Port ${port} for ${what} ${english}; everything else runs. Choose another with ${setting}=…, or off.`
	);
}
