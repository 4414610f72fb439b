// Runs the reading thread from its TypeScript source; in AWS it is bundled.
import { register } from 'tsx/esm/api';

register();
await import('./document-thread.ts');
