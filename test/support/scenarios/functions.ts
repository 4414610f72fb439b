const api = '2015-03-31/functions';
const authorization =
  'AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/lambda/aws4_request, SignedHeaders=host, Signature=0';

/** Runs the function with this in its name to its end. */
export async function invoke(
  endpoint: string,
  { name, event }: { name: string; event: unknown },
): Promise<void> {
  const headers = { authorization };
  const answer = await fetch(`${endpoint}/${api}/`, { headers });
  const { Functions = [] } = (await answer.json()) as { Functions?: { FunctionName: string }[] };
  const found = Functions.find(({ FunctionName }) => FunctionName.includes(name));
  if (found === undefined) throw new Error(`Expected a function with “${name}” in its name.`);
  const result = await fetch(`${endpoint}/${api}/${found.FunctionName}/invocations`, {
    method: 'POST',
    headers,
    body: JSON.stringify(event),
    signal: AbortSignal.timeout(60_000),
  });
  const text = await result.text();
  if (result.status !== 200 || result.headers.has('x-amz-function-error')) {
    throw new Error(`Expected ${found.FunctionName} to succeed, got ${result.status}: ${text}`);
  }
}
