import { App } from 'aws-cdk-lib';
import { addQuire, stopAtFindings } from './synthesize.ts';

//  callers ──► API Gateway ──► api ────┐                    ┌─► open ─► read ─► plan ─► run calls ─► assemble ─► render ─► close
//                  └─ authorizer       ├──► Step Functions ─┤                               │
//  inbox/ ───► EventBridge ──► inbox ──┘    one machine     └─► on failure: fail            └──► model providers
//                    └─ dead letters        a workflow
//  your events, schedules ────► events ────► (as inbox; only where the settings name some)
//
//  what a task tells ──► EventBridge ──► after task ──► signed callbacks, outbox/          sweeper: every few minutes, what was left undone
//
//  DynamoDB: tasks, calls, usage · S3: files · Secrets Manager: keys
const app = new App();
addQuire(app);
stopAtFindings(app);
