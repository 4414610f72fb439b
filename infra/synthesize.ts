import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';
import { workflows } from '#shared/workflows/catalog.ts';
import { QuireStack } from './quire-stack.ts';
import { readSettings } from './settings.ts';

/** A CloudFormation template, as far as the checks on it look. */
export interface StackTemplate {
  readonly Resources: Readonly<
    Record<
      string,
      { readonly Type: string; readonly Properties?: Readonly<Record<string, unknown>> }
    >
  >;
}

/** Puts the stack into an app. Every finding of cdk-nag stops the synthesis, unless nag-acknowledgements.ts gives a reason. */
export function addQuire(app: App): QuireStack {
  const settings = readSettings(app.node);
  const stack = new QuireStack(app, `quire-${settings.stage}`, { settings, workflows });
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new ServerlessChecks(app));
  return stack;
}

/** The template that `cdk synth` would write with these settings, without the bundled code: in this process, in about a second. */
export function synthesizeTemplate(context: Readonly<Record<string, unknown>>): StackTemplate {
  const app = new App({ context: { ...context, 'aws:cdk:bundling-stacks': [] } });
  const { stackName } = addQuire(app);
  return app.synth().getStackByName(stackName).template;
}
