// Where a thread begins that runs from its source, which its one argument names. Plain JavaScript, because a thread's
// first file is loaded before anything can translate TypeScript; from here on everything is.

import { register } from 'tsx/esm/api';

register();
await import(process.argv[2]);
