import { readFileSync } from 'node:fs';
import { loadWorkflows } from '#shared/workflows/custom/load.ts';
import type { Workflow } from '#shared/workflows/definition.ts';

/** A workflow that the repository ships as an example. */
export function exampleWorkflow(id: string): Workflow {
  const text = readFileSync(new URL(`../../workflows/${id}.yaml`, import.meta.url), 'utf8');
  return workflowOf(text, `workflows/${id}.yaml`);
}

/** The workflow that a text defines. */
export function workflowOf(text: string, name = 'workflows/sample.yaml'): Workflow {
  const [workflow] = loadWorkflows([{ name, text }]);
  if (workflow === undefined) throw new Error('Expected a workflow.');
  return workflow;
}

/** A small definition without faults: notes of parts, checked, merged, in a report. */
export const sampleDefinition = `id: sample
version: 1
title: Sample
description: Notes of all parts.
params:
  properties:
    tone: { type: string, enum: [dry, warm], default: dry }
stages:
  - kind: read
  - kind: split
    tokens: 300
  - kind: map
    name: notes
    prompt: |
      Take notes.
      Be {{params.tone}}.
    schema:
      type: object
      required: [notes]
      properties:
        notes:
          type: array
          items:
            type: object
            required: [text, quote]
            properties:
              text: { type: string }
              quote: { type: string, format: quote }
  - kind: verify
    name: check
    of: notes
  - kind: reduce
    name: merged
    from: check
    tokens: 400
    prompt: Merge the notes.
    schema:
      type: object
      required: [headlines]
      properties:
        headlines: { type: array, items: { type: string } }
  - kind: render
    artifacts:
      - kind: report
        name: notes.docx
        template: |
          # Notes
          {{#each check.notes}}
          - {{text}}{{cite quote}}
          {{/each}}

          {{merged.headlines}}
`;
