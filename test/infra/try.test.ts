import { it } from '@jest/globals';
import { App, Validations } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { AwsSolutionsChecks } from 'cdk-nag';
import { QuireStack } from '../../infra/quire-stack.ts';
import { readSettings } from '../../infra/settings.ts';
import { writeFileSync } from 'node:fs';

it('x', () => {
  const app = new App({ context: { 'aws:cdk:bundling-stacks': [] }, outdir: '/tmp/infra-try/out' });
  const w = { id: 'summarize', version: 1, stages: [{ kind: 'model', name: 'notes' },{kind:'code',name:'verify'}] } as never;
  const stack = new QuireStack(app, 'quire-prod', { settings: readSettings(app.node), workflows: [w] });
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  writeFileSync('/tmp/infra-try/t.json', JSON.stringify(Template.fromStack(stack).toJSON(), null, 1));
});
