// A worker that understands TypeScript.
import { register } from 'tsx/esm/api';

register();
await import('./band-worker.ts');
