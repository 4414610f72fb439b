import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as z from 'zod';
import type { Workflow } from '#shared/workflows/definition.ts';
import { QuireStack } from '../../../infra/quire-stack.ts';
import { readSettings } from '../../../infra/settings.ts';
import { stopAtFindings } from '../../../infra/synthesize.ts';

/** A resource of a template, as far as the tests look at it. */
export interface Resource {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
  readonly DeletionPolicy?: string;
}

/** Templates that several tests look at; none changes one. */
const known = new Map<string, Template>();

/** The template of the stack, without bundled code and without a look at findings. */
export function synthesize(
  context: Readonly<Record<string, unknown>> = {},
  workflows: readonly Workflow[] = samples,
): Template {
  if (workflows !== samples) return Template.fromStack(stackWith(context, workflows));
  const key = JSON.stringify(context);
  const template = known.get(key) ?? Template.fromStack(stackWith(context, samples));
  known.set(key, template);
  return template;
}

/** The same, but a finding of cdk-nag that nobody has acknowledged throws. That takes seconds: for the few tests that are about it. */
export function synthesizeChecked(context: Readonly<Record<string, unknown>> = {}): Template {
  const stack = stackWith(context, samples);
  stopAtFindings(stack.node.root as App);
  return Template.fromStack(stack);
}

function stackWith(
  context: Readonly<Record<string, unknown>>,
  workflows: readonly Workflow[],
): QuireStack {
  const app = new App({ context: { ...context, 'aws:cdk:bundling-stacks': [] } });
  const settings = readSettings(app.node);
  return new QuireStack(app, `quire-${settings.stage}`, { settings, workflows });
}

/** All resources of a type by logical id. */
export function resourcesOf(template: Template, type: string): ReadonlyMap<string, Resource> {
  return new Map(Object.entries(template.findResources(type)) as [string, Resource][]);
}

/** The one resource of a type. */
export function onlyResource(template: Template, type: string): Resource {
  const [only, ...others] = resourcesOf(template, type).values();
  if (only === undefined || others.length > 0) throw new Error(`Expected one ${type}.`);
  return only;
}

/** A workflow with one model stage and one code stage, for a machine to be built from. */
export function sampleWorkflow(id: string): Workflow {
  return {
    id,
    version: 1,
    title: id,
    description: 'A sample.',
    acceptedFormats: ['docx'],
    maxDocuments: 1,
    params: z.object({}),
    artifacts: [],
    stages: [
      {
        kind: 'model',
        name: 'notes',
        title: 'Taking notes',
        tracksCoverage: true,
        isAdvisory: false,
        maxRounds: 1,
        answer: z.unknown(),
        plan: () => [],
        check: () => [],
        assemble: () => ({ output: undefined, isComplete: true }),
      },
      { kind: 'code', name: 'verify', title: 'Verifying', run: () => undefined },
    ],
    render: () => {
      throw new Error('The sample renders nothing.');
    },
  };
}

/** A workflow that has other workflows do its work. */
export function workflowWithChildren(id: string): Workflow {
  const children = { kind: 'children', name: 'tasks', title: 'Running', plan: () => [] } as const;
  return { ...sampleWorkflow(id), stages: [...sampleWorkflow(id).stages, children] };
}

const samples = [sampleWorkflow('summarize'), sampleWorkflow('sort-mail')];
