/** A request in the JSON protocol of AWS, for services whose client the product does not need. The stand-in checks no signature. */
export async function askAws(
  endpoint: string,
  target: string,
  body: unknown,
  // biome-ignore lint/suspicious/noExplicitAny: a test looks into whatever came
): Promise<any> {
  const [prefix = ''] = target.split(/[_.]/);
  const response = await fetch(endpoint, {
    method: 'POST',
    signal: AbortSignal.timeout(30_000),
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': target,
      authorization: `AWS4-HMAC-SHA256 ${credentialOf(prefix)}, SignedHeaders=host, Signature=0`,
    },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${target} was answered with ${response.status}: ${text}`);
  return text === '' ? {} : JSON.parse(text);
}

const services: Readonly<Record<string, string>> = {
  Logs: 'logs',
  AWSEvents: 'events',
  AmazonSQS: 'sqs',
};

function credentialOf(prefix: string): string {
  return `Credential=test/20260101/us-east-1/${services[prefix]}/aws4_request`;
}
