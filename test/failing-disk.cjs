// Loaded before the embedded engine by tests, into its threads too, which only --require reaches: while the file FAILING_DISK holds EIO, syncs fail; while it holds ENOSPC,
// writes do. Everything else of the file system is as it is.

const fs = process.getBuiltinModule('node:fs');
const { syncBuiltinESMExports } = process.getBuiltinModule('node:module');

const LOOK_EVERY_MS = 20;
const path = process.env.FAILING_DISK;
let last = '';
let lookedAt = 0;

function failure() {
	const now = performance.now();
	if (now - lookedAt > LOOK_EVERY_MS) {
		lookedAt = now;
		try {
			last = read(path, 'utf8').trim();
		} catch {
			last = '';
		}
	}
	return last;
}

function failed(code, call) {
	return Object.assign(new Error(`${code}: made by the test, ${call}`), {
		code,
		errno: code === 'EIO' ? -5 : -28,
		syscall: call,
	});
}

const read = fs.readFileSync;
const sync = fs.fsyncSync;
const write = fs.writeSync;
fs.fsyncSync = (...args) => {
	if (failure() === 'EIO') throw failed('EIO', 'fsync');
	return sync(...args);
};
fs.writeSync = (...args) => {
	if (failure() === 'ENOSPC') throw failed('ENOSPC', 'write');
	return write(...args);
};
syncBuiltinESMExports();
