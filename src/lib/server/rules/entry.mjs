// Where a back-test's thread begins. Plain JavaScript, because a thread's first file is loaded before anything can
// translate TypeScript; from here on everything is.

import { register } from 'tsx/esm/api';

register();
await import('./worker.ts');
