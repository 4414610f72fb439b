import { afterEach, describe, expect, it } from '@jest/globals';
import { openAccount } from '../../../scripts/deploy/account.ts';
import { startTestServer, type TestServer } from '../../support/http-server.ts';

let server: TestServer | undefined;
afterEach(() => server?.close());

/** An account over a server that answers each action of AWS's query protocol with a status and XML. */
async function accountOver(answers: Readonly<Record<string, readonly [number, string]>>) {
  server = await startTestServer((_, body, response) => {
    const action = new URLSearchParams(body.toString('utf8')).get('Action') ?? '';
    const [status, xml] = answers[action] ?? [500, '<Response/>'];
    response.writeHead(status, { 'content-type': 'text/xml' }).end(xml);
  });
  const { endpoint } = server;
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  return openAccount({ endpoint, region: 'eu-west-1', credentials });
}

const refusal = (code: string, message: string) =>
  [
    400,
    `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`,
  ] as const;

describe('the account', () => {
  it('says who deploys and where', async () => {
    const identity =
      '<GetCallerIdentityResponse><GetCallerIdentityResult><Account>123456789012</Account></GetCallerIdentityResult></GetCallerIdentityResponse>';
    const account = await accountOver({ GetCallerIdentity: [200, identity] });

    expect(await account.identify()).toEqual({ account: '123456789012', region: 'eu-west-1' });
  });

  it('tells keys that AWS does not know in a sentence', async () => {
    const account = await accountOver({
      GetCallerIdentity: refusal('InvalidClientTokenId', 'The security token is invalid.'),
    });

    await expect(account.identify()).rejects.toMatchObject({ code: 'credentials_refused' });
  });

  it('knows a stack that is not there from one that cannot be seen', async () => {
    const absent = await accountOver({
      DescribeStacks: refusal('ValidationError', 'Stack with id CDKToolkit does not exist'),
    });
    expect(await absent.isBootstrapped()).toBe(false);
    expect(await absent.findStack('quire-prod')).toBeUndefined();
    await server?.close();

    const hidden = await accountOver({ DescribeStacks: refusal('AccessDenied', 'not authorized') });
    await expect(hidden.isBootstrapped()).rejects.toMatchObject({ code: 'not_allowed' });
  });
});
