import type { Template } from 'aws-cdk-lib/assertions';
import { resourcesOf } from './synthesize.ts';

/** One allowed action on one resource, the resource as text with the logical ids in it. */
export interface Right {
  readonly action: string;
  readonly resource: string;
}

interface Statement {
  readonly Effect: string;
  readonly Action?: string | readonly string[];
  readonly NotAction?: string | readonly string[];
  readonly Condition?: unknown;
  readonly Resource: unknown;
}

/** Everything that the role of a function may do. The function is named by the start of its logical id, for example `Stepruncalls`. */
export function rightsOf(template: Template, functionId: string): readonly Right[] {
  return statementsOf(template, functionId)
    .filter(({ Effect }) => Effect === 'Allow')
    .flatMap(rightsIn);
}

/** Statements that deny something to the role of a function. */
export function denialsOf(template: Template, functionId: string): readonly Statement[] {
  return statementsOf(template, functionId).filter(({ Effect }) => Effect === 'Deny');
}

function statementsOf(template: Template, functionId: string): readonly Statement[] {
  const policies = [...resourcesOf(template, 'AWS::IAM::Policy')].filter(([id]) =>
    id.startsWith(`${functionId}Role`),
  );
  return policies.flatMap(([, policy]) => {
    const { Statement: statements } = policy.Properties['PolicyDocument'] as {
      Statement: readonly Statement[];
    };
    return statements;
  });
}

/** A resource of a policy as text: `Documents7E5B2978.Arn/inbox/*` for a join of the bucket's ARN and a pattern. */
export function textOf(resource: unknown): string {
  if (typeof resource === 'string') return resource;
  if (typeof resource !== 'object' || resource === null) return String(resource);
  const [[key, value] = ['', undefined]] = Object.entries(resource);
  if (key === 'Ref') return String(value);
  if (key === 'Fn::GetAtt') return (value as string[]).join('.');
  if (key === 'Fn::Join') return (value as [string, unknown[]])[1].map(textOf).join('');
  return JSON.stringify(resource);
}

function rightsIn(statement: Statement): readonly Right[] {
  const actions = [statement.Action ?? []].flat();
  const resources = [statement.Resource].flat().map(textOf);
  return actions.flatMap((action) => resources.map((resource) => ({ action, resource })));
}
