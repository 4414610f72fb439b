import { App, Tags, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { workflows } from '#shared/workflows/catalog.ts';
import { acknowledgeFindings } from './nag-acknowledgements.ts';
import { QuireStack } from './quire-stack.ts';
import { readSettings } from './settings.ts';

const app = new App();
const settings = readSettings(app.node);

//  callers ──► API Gateway ──► api ───┐                ┌─► open ─► read ─► plan ─► run calls ─► assemble ─► render ─► close
//              (authorizer)           ├─► Step Functions                             │
//  inbox/ ───► EventBridge ─► inbox ──┘   (one machine a workflow)                   └─► model providers
//
//  state: DynamoDB · files: S3 · keys: Secrets Manager
const stack = new QuireStack(app, `quire-${settings.stage}`, { settings, workflows });

Tags.of(app).add('project', 'quire');
Tags.of(app).add('stage', settings.stage);
acknowledgeFindings(stack);
Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
