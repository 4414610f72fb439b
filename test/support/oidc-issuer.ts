import { exportJWK, exportSPKI, generateKeyPair, SignJWT } from 'jose';
import { startTestServer } from './http-server.ts';

type Algorithm = 'RS256' | 'ES256' | 'PS256';

export interface OidcIssuer {
  /** As its tokens and its metadata name it. */
  readonly issuer: string;
  /** Paths that were asked for, in order. */
  readonly requests: string[];
  /** Adds a key pair; the id of the key. */
  addKey(algorithm: Algorithm): Promise<string>;
  /** The public half of a key as PEM, the text that the confusion of algorithms takes for a secret. */
  publicKeyOf(kid: string): Promise<string>;
  /** A token signed with a key of the issuer. */
  sign(kid: string, claims?: Readonly<Record<string, unknown>>): Promise<string>;
  /** Answers everything with this status from now on, or as usual again. */
  answerWith(status: number | undefined): void;
  /** What its metadata says instead of the truth. */
  claimInMetadata(metadata: Readonly<Record<string, string>>): void;
  close(): Promise<void>;
}

/** A small OpenID provider over real sockets: metadata, published keys, tokens that are valid for a minute. */
export async function startOidcIssuer(audience: string): Promise<OidcIssuer> {
  const keys = new Map<
    string,
    { algorithm: Algorithm; pair: Awaited<ReturnType<typeof pairFor>> }
  >();
  const requests: string[] = [];
  let status: number | undefined;
  let extraMetadata = {};
  const published = async () =>
    await Promise.all(
      [...keys].map(async ([kid, { algorithm, pair }]) => ({
        ...(await exportJWK(pair.publicKey)),
        kid,
        alg: algorithm,
        use: 'sig',
      })),
    );
  const server = await startTestServer(async (request, _body, response) => {
    requests.push(request.url ?? '');
    if (status !== undefined) return void response.writeHead(status).end();
    const metadata = {
      issuer: server.endpoint,
      jwks_uri: `${server.endpoint}/keys`,
      ...extraMetadata,
    };
    const body = request.url === '/keys' ? { keys: await published() } : metadata;
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  });
  const keyOf = (kid: string) => {
    const key = keys.get(kid);
    if (key === undefined) throw new Error(`Expected a key ${kid}.`);
    return key;
  };

  return {
    issuer: server.endpoint,
    requests,
    async addKey(algorithm) {
      const kid = `k${keys.size + 1}`;
      keys.set(kid, { algorithm, pair: await pairFor(algorithm) });
      return kid;
    },
    publicKeyOf: (kid) => exportSPKI(keyOf(kid).pair.publicKey),
    async sign(kid, claims = {}) {
      const { algorithm, pair } = keyOf(kid);
      return await new SignJWT({
        iss: server.endpoint,
        aud: audience,
        sub: 'nightly-job',
        exp: Math.floor(Date.now() / 1_000) + 60,
        ...claims,
      })
        .setProtectedHeader({ alg: algorithm, kid })
        .sign(pair.privateKey);
    },
    answerWith(next) {
      status = next;
    },
    claimInMetadata(metadata) {
      extraMetadata = metadata;
    },
    close: server.close,
  };
}

async function pairFor(algorithm: Algorithm) {
  return await generateKeyPair(algorithm, { extractable: true });
}
