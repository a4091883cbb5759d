// Compiles the water kernel (AssemblyScript) into a module of bytes that browser, server and tests load alike.
// Run after a change of inertial.as.ts; with --check it only says whether the bytes still belong to the source.

import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';

const folder = join(dirname(fileURLToPath(import.meta.url)), '../src/lib/domain/flood/water');
const SOURCE = 'inertial.as.ts';

/** The compiled bytes. */
async function compileKernel() {
	let bytes;
	const { error, stderr } = await asc.main(
		[SOURCE, '-o', 'kernel.wasm', '-O3', '--noAssert', '--runtime', 'stub', '--enable', 'simd', '--importMemory'],
		{
			readFile: (name) => (name === SOURCE ? readFileSync(join(folder, SOURCE), 'utf8') : null),
			writeFile: (name, contents) => {
				if (name === 'kernel.wasm') bytes = contents;
			},
		},
	);
	if (error) throw new Error(stderr.toString(), { cause: error });
	return bytes;
}

/** The module as it stands in the project. */
function asModule(bytes) {
	const lines = Buffer.from(bytes)
		.toString('base64')
		.match(/.{1,110}/g);
	return [
		'// Compiled from inertial.as.ts by `node scripts/water-kernel.mjs`; not edited by hand.',
		'',
		'/** WebAssembly with SIMD, base64. */',
		'export const INERTIAL_WASM =',
		...lines.map((line, i) => `\t'${line}'${i === lines.length - 1 ? ';' : ' +'}`),
		'',
	].join('\n');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
	const module = join(folder, 'inertial-wasm.ts');
	const text = asModule(await compileKernel());
	if (!process.argv.includes('--check')) writeFileSync(module, text);
	else if (readFileSync(module, 'utf8') !== text) {
		console.error('inertial-wasm.ts is not what inertial.as.ts compiles to: run node scripts/water-kernel.mjs');
		process.exit(1);
	}
}
