import { askAws } from './aws-json.ts';

/** Every line in every log group, of the functions and of the API. */
export async function readLogs(endpoint: string): Promise<readonly string[]> {
  const { logGroups = [] } = await askAws(endpoint, 'Logs_20140328.DescribeLogGroups', {});
  const names: string[] = logGroups.map(
    ({ logGroupName }: { logGroupName: string }) => logGroupName,
  );
  const lines = await Promise.all(names.map((name) => linesOf(endpoint, name)));
  return lines.flat();
}

async function linesOf(endpoint: string, logGroupName: string): Promise<string[]> {
  const lines: string[] = [];
  let nextToken: string | undefined;
  do {
    const page = await askAws(endpoint, 'Logs_20140328.FilterLogEvents', {
      logGroupName,
      ...(nextToken === undefined ? {} : { nextToken }),
    });
    lines.push(...page.events.map(({ message }: { message: string }) => message));
    nextToken = page.events.length === 0 ? undefined : page.nextToken;
  } while (nextToken !== undefined);
  return lines;
}
