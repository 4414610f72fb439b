import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isLoopbackAddress, isPublicAddress } from '#shared/adapters/system/url-fetch/address.ts';

/** IPv4 networks of a special purpose (IANA's registry), by their first address and the number of bits that are fixed. */
const specialNetworks: readonly (readonly [first: number, bits: number])[] = [
  [0x00000000, 8],
  [0x0a000000, 8],
  [0x64400000, 10],
  [0x7f000000, 8],
  [0xa9fe0000, 16],
  [0xac100000, 12],
  [0xc0000000, 24],
  [0xc0000200, 24],
  [0xc0a80000, 16],
  [0xc6120000, 15],
  [0xc6336400, 24],
  [0xcb007100, 24],
  [0xe0000000, 4],
  [0xf0000000, 4],
];

const specialIpv4 = fc
  .tuple(
    fc.constantFrom(...specialNetworks),
    fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
  )
  .map(([[first, bits], share]) => first + Math.floor(share * 2 ** (32 - bits)));

const dotted = (value: number) =>
  [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join('.');
const grouped = (value: number) =>
  `${Math.floor(value / 65_536).toString(16)}:${(value % 65_536).toString(16)}`;

/** Forms in which IPv6 carries an IPv4 address. */
const carriers: readonly ((value: number) => string)[] = [
  (value) => `::ffff:${dotted(value)}`,
  (value) => `::ffff:${grouped(value)}`,
  (value) => `::ffff:0:${grouped(value)}`,
  (value) => `::${grouped(value)}`,
  (value) => `64:ff9b::${dotted(value)}`,
  (value) => `64:ff9b::${grouped(value)}`,
  (value) => `64:ff9b:1::${grouped(value)}`,
  (value) => `2002:${grouped(value)}::1`,
];

describe('a public address', () => {
  it.each([
    '93.184.215.14',
    '8.8.8.8',
    '100.63.255.255',
    '100.128.0.1',
    '172.15.0.1',
    '172.32.0.1',
    '2606:2800:21f:cb07:6820:80da:af6b:8b2c',
    '2a00:1450:4001:830::200e',
  ])('%s is one', (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });

  it.each([
    '0.0.0.0',
    '10.0.0.1',
    '100.64.0.1',
    '127.0.0.1',
    '169.254.169.254',
    '172.16.0.1',
    '192.0.0.192',
    '192.168.1.1',
    '198.18.0.1',
    '224.0.0.1',
    '240.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::ffff:10.0.0.1',
    '::ffff:8.8.8.8',
    '64:ff9b::a9fe:a9fe',
    '64:ff9b::8.8.8.8',
    '100::1',
    '2001::1',
    '2001:db8::1',
    '2002:a00:1::1',
    'fc00::1',
    'fd00:ec2::254',
    'fe80::1',
    'fe80::1%eth0',
    'fec0::1',
    'ff02::1',
    '5f00::1',
    '',
    'localhost',
    '2130706433',
    '0177.0.0.1',
    '0x7f.1',
    '127.1',
    '8.8.8.8/0',
    ' 8.8.8.8',
  ])('“%s” is none', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });

  it('is none of a special network, in whatever form it is written', () => {
    fc.assert(
      fc.property(specialIpv4, fc.constantFrom(dotted, ...carriers), (value, write) => {
        expect(isPublicAddress(write(value))).toBe(false);
      }),
      { numRuns: 2_000 },
    );
  });

  it('is none where IPv6 carries an IPv4 address, be that public or not', () => {
    const any = fc.integer({ min: 0, max: 0xffffffff });
    fc.assert(
      fc.property(any, fc.constantFrom(...carriers), (value, write) => {
        expect(isPublicAddress(write(value))).toBe(false);
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('a loopback address', () => {
  it('is 127.0.0.0/8 or ::1, and nothing that only contains one', () => {
    const addresses = ['127.0.0.1', '127.255.255.254', '::1', '::ffff:127.0.0.1', '10.0.0.1', '::'];

    expect(addresses.filter(isLoopbackAddress)).toEqual(['127.0.0.1', '127.255.255.254', '::1']);
  });
});
