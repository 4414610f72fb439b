import { type Simulator, startSimulator } from '#shared/simulator/server.ts';
import { startTestServer } from './http-server.ts';
import { longMarkdown } from './long-document.ts';

/** Words that stand for what must not get out: what a document says, what a caller wants, and keys. */
export const canaries = {
  text: 'CANARYTEXT7f3a',
  focus: 'CANARYFOCUS91bd',
  fileName: 'CANARYFILE20cc.md',
  goodKey: 'sk-CANARYKEYgood0123456789',
  echoedKey: 'CANARYKEYechoed9876543210',
};

/** A text with the canary in every section, as many calls. */
export const canaryDocument = longMarkdown(5)
  .replaceAll('moved', `(${canaries.text}) moved`)
  .replaceAll('# Depots', `# Depots of ${canaries.text}`);

export interface CanaryProviders {
  readonly environment: Record<string, string>;
  close(): Promise<void>;
}

/**
 * Two providers at their worst: one that serves, but with faults before it does, and one that fails in turn and throws everything it was
 * sent, key included, back in its errors.
 */
export async function startCanaryProviders(): Promise<CanaryProviders> {
  const simulator: Simulator = await startSimulator({
    faults: [
      { when: { nth: 1 }, fault: 'wrong-schema' },
      { when: { nth: 2 }, fault: 'bad-json' },
      { when: { nth: 3 }, fault: 'reset' },
    ],
  });
  const statuses = [400, 422, 200, 403];
  let asked = 0;
  const echo = await startTestServer((request, body, response) => {
    const status = statuses[asked % statuses.length] ?? 400;
    asked += 1;
    const message = `${JSON.stringify(request.headers)} ${body.toString()}`;
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ error: { message, code: message }, message }));
  });
  return {
    environment: {
      EMPIRIOLABS_API_KEY: canaries.goodKey,
      EMPIRIOLABS_BASE_URL: simulator.baseUrls.empiriolabs,
      EMPIRIOLABS_REQUESTS_PER_MINUTE: '60000',
      CLOUDSWAY_ACCESS_KEY: canaries.echoedKey,
      CLOUDSWAY_BASE_URL: echo.endpoint,
      QUIRE_PROVIDERS: 'empiriolabs,cloudsway',
      // Each provider is to be asked itself.
      QUIRE_CACHE: 'off',
    },
    async close() {
      await simulator.close();
      await echo.close();
    },
  };
}

/** A task over the canary document. */
export function canaryRequest(provider: 'empiriolabs' | 'cloudsway') {
  return {
    workflow: 'summarize',
    inputs: [{ name: canaries.fileName, text: canaryDocument }],
    params: { chunkTokens: 500, focus: canaries.focus },
    options: { providers: [provider] },
  };
}

/** Lines in which a canary stands. */
export function linesWithCanaries(text: string): readonly string[] {
  return text.split('\n').filter((line) => /canary/i.test(line));
}
