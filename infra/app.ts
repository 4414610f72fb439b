import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { workflows } from '#shared/workflows/catalog.ts';
import { QuireStack } from './quire-stack.ts';
import { readSettings } from './settings.ts';

//  callers ──► API Gateway ──► api ────┐                    ┌─► open ─► read ─► plan ─► run calls ─► assemble ─► render ─► close
//                  └─ authorizer       ├──► Step Functions ─┤                               │
//  inbox/ ───► EventBridge ──► inbox ──┘    one machine     └─► on failure: fail            └──► model providers
//                    └─ dead letters        a workflow
//  your events, schedules ────► events ────► (as inbox; only where the settings name some)
//
//  DynamoDB: tasks, calls, usage · S3: files · Secrets Manager: keys
const app = new App();
const settings = readSettings(app.node);

new QuireStack(app, `quire-${settings.stage}`, { settings, workflows });

// Every finding stops the synthesis, unless nag-acknowledgements.ts gives a reason.
Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
