import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { isQuireError, QuireError } from '#shared/domain/errors.ts';
import { isLoopbackAddress, isPublicAddress } from './address.ts';
import { forbidden, unreachable } from './failures.ts';

/** All addresses of a host name. */
export type ResolveHost = (host: string) => Promise<readonly string[]>;

/** A URL that may be fetched, and the only addresses that may be connected to for it. */
export interface Target {
  readonly url: URL;
  readonly addresses: readonly string[];
}

export interface TargetRules {
  readonly resolve: ResolveHost;
  /** Lets `http:` URLs of this machine pass, on any port. For tests. */
  readonly allowsLoopback: boolean;
}

/** The resolver of the machine. */
export const resolveHost: ResolveHost = async (host) => {
  const found = await lookup(host, { all: true });
  return found.map(({ address }) => address);
};

/** Reads a URL; what `URL` makes of odd spellings of an address (`0x7f.1`, `2130706433`) is the address that is checked. */
export function parseUrl(text: string, base?: URL): URL {
  if (URL.canParse(text, base?.href)) return new URL(text, base);
  throw new QuireError(
    'url_forbidden',
    'Expected an https URL, got a text that is none. Compare it with the address bar of a browser.',
  );
}

/** Checks a URL and resolves its name, once: whoever connects uses the addresses that were checked and asks no resolver again. */
export async function checkTarget(url: URL, rules: TargetRules): Promise<Target> {
  const isLoopbackOnly = rules.allowsLoopback && url.protocol === 'http:';
  refuseForm(url, isLoopbackOnly);
  const addresses = await addressesOf(url, rules.resolve);
  const isAllowed = isLoopbackOnly ? isLoopbackAddress : isPublicAddress;
  if (addresses.every(isAllowed)) return { url, addresses };
  const wanted = isLoopbackOnly ? 'of this machine only' : 'on the public Internet';
  throw forbidden(url, `Expected a host with addresses ${wanted}, got ${url.hostname}`);
}

function refuseForm(url: URL, isLoopbackOnly: boolean): void {
  if (url.protocol !== 'https:' && !isLoopbackOnly) {
    throw forbidden(url, 'Expected an https URL, got one of another scheme');
  }
  if (url.username !== '' || url.password !== '') {
    throw forbidden(url, 'Expected a URL without user name and password, got one with them');
  }
  if (url.port !== '' && !isLoopbackOnly) {
    throw forbidden(url, `Expected port 443, got ${url.port}`);
  }
}

async function addressesOf(url: URL, resolve: ResolveHost): Promise<readonly string[]> {
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  if (isIP(host) !== 0) return [host];
  try {
    const addresses = await resolve(host);
    if (addresses.length > 0) return addresses;
  } catch (cause) {
    if (isQuireError(cause)) throw cause;
    throw unreachable(url, `Expected ${url.hostname} to have an address, found none`, { cause });
  }
  throw unreachable(url, `Expected ${url.hostname} to have an address, found none`);
}
