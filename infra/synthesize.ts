import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';
import { QuireStack } from './quire-stack.ts';
import { readSettings } from './settings.ts';
import { readWorkflowFolder } from './workflow-folder.ts';

/** A CloudFormation template, as far as the checks on it look. */
export interface StackTemplate {
  readonly Resources: Readonly<
    Record<
      string,
      { readonly Type: string; readonly Properties?: Readonly<Record<string, unknown>> }
    >
  >;
}

/** Puts the stack that the settings in the context describe into an app. */
export function addQuire(app: App): QuireStack {
  const settings = readSettings(app.node);
  return new QuireStack(app, `quire-${settings.stage}`, {
    settings,
    ...readWorkflowFolder(settings.workflowsFolder),
  });
}

/** Lets every finding of cdk-nag stop the synthesis, unless nag-acknowledgements.ts gives a reason. It takes most of the time of one. */
export function stopAtFindings(app: App): void {
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new ServerlessChecks(app));
}

/** The template that `cdk synth` would write with these settings, without the bundled code and the findings: in this process, in half a second. */
export function synthesizeTemplate(context: Readonly<Record<string, unknown>>): StackTemplate {
  const app = new App({ context: { ...context, 'aws:cdk:bundling-stacks': [] } });
  const { stackName } = addQuire(app);
  return app.synth().getStackByName(stackName).template;
}
