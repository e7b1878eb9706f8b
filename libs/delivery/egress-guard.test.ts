import { describe, expect, it } from 'vitest';
import { mayConnectTo, registeredUrl, resolveDestination } from './egress-guard.js';

const strict = { allowLoopback: false };
const sandbox = { allowLoopback: true };
const never = () => Promise.reject(new Error('a literal address is not looked up'));
const to =
  (...addresses: readonly string[]) =>
  () =>
    Promise.resolve(addresses);

/** Ways to write an address or a name that must not be reached, as the host of a URL. */
const loopbackHosts = [
  ...['127.0.0.1', '127.1', '127.0.1', '127.255.255.254', '0x7f.0.0.1', '0x7f.1', '0x7f000001', '0X7F000001'],
  ...[
    '2130706433',
    '017700000001',
    '0177.0.0.1',
    '0177.1',
    '00177.0.0.01',
    '127.0.0.1.',
    '127.0.0.0x1',
    '%31%32%37.0.0.1',
  ],
  ...['１２７.0.0.1', '127。0。0。1', '①②⑦.0.0.1', '0177.0x0.0.1', '127.0.0.01', '127.00.00.1'],
  ...['[::1]', '[0:0:0:0:0:0:0:1]', '[0000:0000:0000:0000:0000:0000:0000:0001]', '[::0.0.0.1]'],
];
const mappedHosts = [
  ...['[::ffff:127.0.0.1]', '[::ffff:7f00:1]', '[0:0:0:0:0:ffff:127.0.0.1]', '[::ffff:10.0.0.1]', '[::ffff:a9fe:a9fe]'],
  ...['[::ffff:8.8.8.8]', '[::ffff:0:127.0.0.1]', '[::127.0.0.1]', '[::7f00:1]', '[::8.8.8.8]'],
  ...[
    '[64:ff9b::127.0.0.1]',
    '[64:ff9b::7f00:1]',
    '[64:ff9b::a9fe:a9fe]',
    '[64:ff9b::8.8.8.8]',
    '[64:ff9b:1::10.0.0.1]',
  ],
  ...['[2002:7f00:1::]', '[2002:a00:1::1]', '[2002:a9fe:a9fe::]', '[2002:808:808::]'],
  ...[
    '[2001::]',
    '[2001:0:4136:e378:8000:63bf:3fff:fdd2]',
    '[2001:10::1]',
    '[2001:20::1]',
    '[2001:db8::1]',
    '[3fff::1]',
  ],
];
const privateHosts = [
  ...['10.0.0.1', '10.255.255.255', '10.1', '0xa.0.0.1', '0xa000001', '167772161', '012.0.0.1', '012.1'],
  ...['172.16.0.1', '172.31.255.255', '0xac.16.0.1', '0xac100001', '2886729729', '0254.020.0.1'],
  ...['192.168.0.1', '192.168.1', '0xc0.0xa8.0.1', '0xc0a80001', '3232235521', '0300.0250.0.1', '192.168.255.255'],
  ...[
    '169.254.0.1',
    '169.254.169.254',
    '169.254.43518',
    '0xa9fea9fe',
    '2852039166',
    '0251.0376.0251.0376',
    '0xa9.254.0xa9.254',
  ],
  ...['100.64.0.1', '100.127.255.255', '0x64400001', '1681915905', '0144.0100.0.1'],
  ...[
    '0.0.0.0',
    '0',
    '0x0',
    '00',
    '0.0',
    '0.1.2.3',
    '192.0.0.1',
    '192.0.0.170',
    '192.0.2.1',
    '198.51.100.1',
    '203.0.113.7',
  ],
  ...[
    '198.18.0.1',
    '198.19.255.255',
    '192.88.99.1',
    '224.0.0.1',
    '239.255.255.255',
    '240.0.0.1',
    '255.255.255.255',
    '4294967295',
  ],
  ...['[::]', '[fc00::1]', '[fd00::1]', '[fdff:ffff::1]', '[fd00:ec2::254]', '[fe80::1]', '[febf::1]', '[fec0::1]'],
  ...['[ff02::1]', '[ff0e::1]', '[100::1]', '[4000::1]', '[1fff::1]', '[5f00::1]'],
];
const corpus = [...loopbackHosts, ...mappedHosts, ...privateHosts];

describe('an address written out', () => {
  it('comes in more than a hundred disguises', () => expect(corpus.length).toBeGreaterThan(100));

  it.each(corpus)('https://%s is refused', async (host) => {
    const result = await resolveDestination(`https://${host}/claims`, { ...strict, resolve: never });
    expect(result).toMatchObject({ ok: false, issues: [{ code: 'egress_denied', path: 'connection/url' }] });
  });

  it.each([...mappedHosts, ...privateHosts])('https://%s is refused for the sandbox too', async (host) => {
    expect((await resolveDestination(`https://${host}/`, { ...sandbox, resolve: never })).ok).toBe(false);
  });

  it.each(loopbackHosts)('https://%s is the sandbox, by its canonical address', async (host) => {
    const result = await resolveDestination(`http://${host}:8090/`, { ...sandbox, resolve: never });
    expect(
      result.ok && (result.value.addresses[0]?.startsWith('127.') === true || result.value.addresses[0] === '::1'),
    ).toBe(true);
  });

  it.each(['8.8.8.8', '172.15.0.1', '172.32.0.1', '100.63.0.1', '100.128.0.1', '[2606:4700::1111]', '[2a00:1450::1]'])(
    'https://%s is allowed',
    async (host) => expect((await resolveDestination(`https://${host}/`, { ...strict, resolve: never })).ok).toBe(true),
  );
});

describe('a name', () => {
  it.each(
    corpus.filter(
      (host) => /^[\d.]+$/.test(host) && host.split('.').length === 4 && !host.includes('.0') && !host.endsWith('.'),
    ),
  )('that resolves to %s is refused', async (address) => {
    const result = await resolveDestination('https://insurer.example/', { ...strict, resolve: to(address) });
    expect(result).toMatchObject({ ok: false, issues: [{ code: 'egress_denied' }] });
  });

  it.each(['::1', 'fe80::1%eth0', '::ffff:10.0.0.1', '64:ff9b::a00:1', 'fd00::1', 'not an address', ''])(
    'that resolves to %s is refused',
    async (address) =>
      expect((await resolveDestination('https://insurer.example/', { ...strict, resolve: to(address) })).ok).toBe(
        false,
      ),
  );

  it('is refused if one address of several is forbidden', async () => {
    for (const addresses of [
      ['8.8.8.8', '10.0.0.1'],
      ['10.0.0.1', '8.8.8.8'],
    ]) {
      expect((await resolveDestination('https://insurer.example/', { ...strict, resolve: to(...addresses) })).ok).toBe(
        false,
      );
    }
  });

  it('is resolved once, and its addresses are what is connected to', async () => {
    let asked = 0;
    const rebinding = () => Promise.resolve([(asked += 1) === 1 ? '8.8.8.8' : '127.0.0.1']);
    const result = await resolveDestination('https://insurer.example:8443/x', { ...strict, resolve: rebinding });
    expect(result).toEqual({
      ok: true,
      value: { protocol: 'https:', host: 'insurer.example', port: 8443, addresses: ['8.8.8.8'] },
    });
    expect(asked).toBe(1);
  });

  it.each([() => Promise.reject(new Error('ENOTFOUND')), to()])('without an address is not resolved', async (resolve) =>
    expect(await resolveDestination('https://insurer.example/', { ...strict, resolve })).toMatchObject({
      issues: [{ code: 'name_not_resolved' }],
    }),
  );

  it('is spoken to without encryption only if it is this machine and that is allowed', async () => {
    expect((await resolveDestination('http://localhost/', { ...sandbox, resolve: to('127.0.0.1', '::1') })).ok).toBe(
      true,
    );
    expect((await resolveDestination('http://insurer.example/', { ...sandbox, resolve: to('8.8.8.8') })).ok).toBe(
      false,
    );
    expect((await resolveDestination('http://localhost/', { ...strict, resolve: to('127.0.0.1') })).ok).toBe(false);
  });
});

describe('a registered address', () => {
  it.each([
    'ftp://insurer.example/',
    'file:///etc/passwd',
    'gopher://insurer.example/',
    'unix:/var/run/insurer.sock',
    'wss://insurer.example/',
    'javascript:alert(1)',
    'data:text/plain,x',
    'https://',
    'insurer.example',
    '//insurer.example/',
    '',
    'https://user@insurer.example/',
    'https://user:word@insurer.example/',
    'https://insurer.example@127.0.0.1/',
    'https://insurer.example/?to=127.0.0.1',
    'https://insurer.example/#x',
    'https://insurer.example:0/',
    'https://insurer.example:99999/',
    'https://[::1/',
    'https://[fe80::1%25eth0]/',
    'https://insurer example/',
    'https://127.0.0.256/',
    'https://0x100000000/',
  ])('%s is refused', (text) => expect(registeredUrl(text, sandbox).ok).toBe(false));

  it('may have a path and a port', () =>
    expect(registeredUrl('https://insurer.example:8443/v2/', strict).ok).toBe(true));
});

describe('an address that was connected to', () => {
  it('is judged by the same rule', () => {
    expect(mayConnectTo('8.8.8.8', strict)).toBe(true);
    expect(mayConnectTo('127.0.0.1', strict)).toBe(false);
    expect(mayConnectTo('127.0.0.1', sandbox)).toBe(true);
    expect(mayConnectTo('::ffff:127.0.0.1', sandbox)).toBe(false);
    expect(mayConnectTo('', sandbox)).toBe(false);
  });
});

describe('a private network that the operator listed', () => {
  const vpn = { allowLoopback: false, privateNetworks: ['10.8.0.0/16', '192.168.7.0/24', 'fd12:3456::/32'] };

  it.each(['10.8.0.1', '10.8.255.255', '0xa080001', '192.168.7.9', '[fd12:3456::1]', '[FD12:3456:0::A]'])(
    'has https://%s in it',
    async (host) => expect((await resolveDestination(`https://${host}/`, { ...vpn, resolve: never })).ok).toBe(true),
  );

  it.each([
    ...['10.7.255.255', '10.9.0.0', '192.168.8.1', '172.16.0.1', '[fd12:3457::1]', '[fe80::1]', '127.0.0.1', '[::1]'],
    // The same addresses in the clothes of the other family.
    ...['[::ffff:10.8.0.1]', '[::ffff:a08:1]', '[::10.8.0.1]', '[64:ff9b::10.8.0.1]', '[2002:a08:1::1]'],
  ])('has https://%s not in it', async (host) => {
    const result = await resolveDestination(`https://${host}/`, { ...vpn, resolve: never });
    expect(result).toMatchObject({ ok: false, issues: [{ code: 'egress_denied' }] });
  });

  it.each(['10.8.0.1', 'fd12:3456::1'])(
    'is reached by a name that resolves to %s, and by nothing in clear',
    async (at) => {
      const resolve = to(at);
      expect((await resolveDestination('https://insurer.example/', { ...vpn, resolve })).ok).toBe(true);
      expect((await resolveDestination('sftp://insurer.example/', { ...vpn, resolve })).ok).toBe(true);
      expect((await resolveDestination('http://insurer.example/', { ...vpn, resolve })).ok).toBe(false);
      expect((await resolveDestination('http://insurer.example/', { ...vpn, allowLoopback: true, resolve })).ok).toBe(
        false,
      );
    },
  );

  it('is not left by a name that has an address outside of it as well', async () => {
    const resolve = to('10.8.0.1', '10.9.0.1');
    expect((await resolveDestination('https://insurer.example/', { ...vpn, resolve })).ok).toBe(false);
  });

  it('opens nothing but private space, whatever is listed', () => {
    const wide = {
      allowLoopback: false,
      privateNetworks: ['0.0.0.0/0', '::/0', '127.0.0.0/8', '169.254.0.0/16', '100.64.0.0/10', 'fc00::/7', 'nonsense'],
    };
    for (const address of ['127.0.0.1', '169.254.169.254', '224.0.0.1', '0.0.0.0', '::1', 'fe80::1', '::ffff:10.0.0.1'])
      expect([address, mayConnectTo(address, wide)]).toEqual([address, false]);
    // Where clouds tell their machines' secrets.
    for (const address of ['100.100.100.200', 'fd00:ec2::254', 'fd20:ce::254'])
      expect([address, mayConnectTo(address, wide)]).toEqual([address, false]);
    for (const address of ['10.1.2.3', '172.31.0.1', '192.168.0.1', '100.64.0.1', 'fd00::1'])
      expect([address, mayConnectTo(address, wide)]).toEqual([address, true]);
  });
});
