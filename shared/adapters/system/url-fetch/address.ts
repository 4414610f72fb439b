import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/** What is routed on the public Internet over IPv6; everything outside has a special purpose or none yet. */
const globalUnicast = ipaddr.IPv6.parse('2000::');
const globalUnicastBits = 3;

/**
 * Whether an address is one of the public Internet. IPv6 forms that carry an IPv4 address (mapped, NAT64, 6to4, Teredo) never are: what
 * they lead to depends on the network.
 */
export function isPublicAddress(text: string): boolean {
  const address = parseAddress(text);
  if (address === undefined || address.range() !== 'unicast') return false;
  return address instanceof ipaddr.IPv4 || address.match(globalUnicast, globalUnicastBits);
}

/** Whether an address is one of this machine: 127.0.0.0/8 or ::1. */
export function isLoopbackAddress(text: string): boolean {
  return parseAddress(text)?.range() === 'loopback';
}

/** Only the usual notation: the parser would also take `0177.1` and `2130706433`, which programs read in different ways. */
function parseAddress(text: string): ipaddr.IPv4 | ipaddr.IPv6 | undefined {
  return isIP(text) === 0 || !ipaddr.isValid(text) ? undefined : ipaddr.parse(text);
}
