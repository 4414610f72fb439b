import { randomUUID } from 'node:crypto';
import { longMarkdown } from '../long-document.ts';
import type { ScenarioName } from './capabilities.ts';
import type { CallOptions, Deployment, HttpAnswer } from './deployment.ts';
import { until } from './until.ts';

/** One body for every runner. */
export interface Scenario {
  readonly name: ScenarioName;
  run(tools: ScenarioTools): Promise<void>;
}

// biome-ignore lint/suspicious/noExplicitAny: a test looks into whatever came
export type TaskBody = any;

export interface SubmitOptions extends CallOptions {
  readonly idempotencyKey?: string;
}

/** What scenarios do again and again, over nothing but what a deployment shows. */
export interface ScenarioTools {
  readonly deployment: Deployment;
  submit(request: object, options?: SubmitOptions): Promise<HttpAnswer>;
  /** Submits `summarize`, or the workflow named, which has to be accepted, and returns the id of the task. */
  accept(request: object): Promise<string>;
  get(path: string): Promise<HttpAnswer>;
  post(path: string, body?: unknown): Promise<HttpAnswer>;
  /** The task when it has ended. */
  follow(taskId: string): Promise<TaskBody>;
  /** The task as soon as it is as wanted. */
  followUntil(taskId: string, isReached: (task: TaskBody) => boolean): Promise<TaskBody>;
  artifact(taskId: string, name: string): Promise<Uint8Array>;
  json(taskId: string, name: string): Promise<TaskBody>;
  upload(name: string, bytes: Uint8Array): Promise<string>;
}

/** Calls that a provider may be at when a task is stopped: `…_MAX_IN_FLIGHT` of the deployments under test. */
export const maxInFlight = 4;

const ended = ['SUCCEEDED', 'PARTIAL', 'FAILED', 'CANCELLED'];

/** Letters of this run of the tests, for names that an earlier run over the same deployment cannot have used. */
export const runName = randomUUID()
  .replace(/[^a-f]/g, '')
  .padEnd(6, 'x');

/** A document that no other scenario has, nor any earlier run, so that no answer comes from the cache. */
export function documentOf(label: string, sections = 2): string {
  return longMarkdown(sections)
    .replaceAll('depot', `depot ${label} ${runName}`)
    .replaceAll('Depot', `Depot ${label} ${runName}`);
}

export function createScenarioTools(deployment: Deployment): ScenarioTools {
  const get = (path: string) => deployment.call('GET', path);
  const submit: ScenarioTools['submit'] = (request, { idempotencyKey, ...options } = {}) => {
    const key = idempotencyKey === undefined ? {} : { 'idempotency-key': idempotencyKey };
    const body = { workflow: 'summarize', ...request };
    return deployment.call('POST', '/v1/tasks', { ...options, body, headers: key });
  };
  const followUntil: ScenarioTools['followUntil'] = (taskId, isReached) =>
    until(async () => {
      const { body } = await get(`/v1/tasks/${taskId}`);
      return isReached(body) ? body : undefined;
    });
  const artifact: ScenarioTools['artifact'] = async (taskId, name) => {
    const answer = await get(`/v1/tasks/${taskId}/artifacts/${name}`);
    if (answer.status !== 302) return answer.bytes;
    return (await deployment.call('GET', String(answer.headers.get('location')))).bytes;
  };
  return {
    deployment,
    submit,
    async accept(request) {
      const { status, body } = await submit(request);
      if (status !== 202) throw new Error(`Expected 202, got ${status}: ${JSON.stringify(body)}`);
      return body.taskId;
    },
    get,
    post: (path, body) => deployment.call('POST', path, { body }),
    follow: (taskId) => followUntil(taskId, ({ status }) => ended.includes(status)),
    followUntil,
    artifact,
    json: async (taskId, name) =>
      JSON.parse(new TextDecoder().decode(await artifact(taskId, name))),
    async upload(name, bytes) {
      const { body } = await deployment.call('POST', '/v1/uploads', {
        body: { name, sizeInBytes: bytes.byteLength },
      });
      const form = new FormData();
      for (const [field, value] of Object.entries<string>(body.fields)) form.append(field, value);
      form.append('file', new Blob([new Uint8Array(bytes)]), name);
      const sent = await deployment.call(body.method, body.url, { body: form });
      if (sent.status >= 300) throw new Error(`The upload was answered with ${sent.status}.`);
      return body.uploadId;
    },
  };
}

/** A key of a tenant's own, made as a platform engineer does it: with the command and the admin key. */
export async function createKey(
  { cli }: Deployment,
  tenant: string,
): Promise<{ key: string; keyId: string }> {
  const created = await cli(['keys', 'create', '--name', 'scenario', '--tenant', tenant]);
  if (created.code !== 0) throw new Error(`No key for ${tenant}: ${created.stderr}`);
  return JSON.parse(created.stdout);
}

/** The deployment as one sees it who holds this key. */
export function withKey(deployment: Deployment, key: string): Deployment {
  return {
    ...deployment,
    call: (method, path, options) => deployment.call(method, path, { key, ...options }),
  };
}
