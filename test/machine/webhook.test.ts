import type { LookupAddress } from 'node:dns';
import { describe, expect, it } from 'vitest';
import type { Webhook } from '../../src/ports/webhook.ts';
import { createClock } from '../../src/system/clock.ts';
import { isLoopbackAddress, isPrivateAddress } from '../../src/system/webhook/address.ts';
import { createWebhookSender } from '../../src/system/webhook/sender.ts';
import { signMessage } from '../../src/system/webhook/signature.ts';
import { createManualClock } from '../support/manualClock.ts';
import { openWebhookReceiver } from '../support/webhookReceiver.ts';

/** The example of the specification's own libraries: https://github.com/standard-webhooks/standard-webhooks/tree/main/libraries */
const example = {
  secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
  message: { id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', at: 1_614_265_330_000, body: '{"test": 2432232314}' },
  signature: 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
};

describe('a signature', () => {
  it('is that of the specification', () => {
    expect(signMessage(example.message, [example.secret])).toEqual({
      'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      'webhook-timestamp': '1614265330',
      'webhook-signature': example.signature,
    });
  });

  it('is made with the secret of before as well, while receivers change', () => {
    const newer = 'whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA';
    const [first, second, ...more] = signMessage(example.message, [newer, example.secret])['webhook-signature']?.split(' ') ?? [];
    expect([first?.startsWith('v1,'), first === second, second, more]).toEqual([true, false, example.signature, []]);
  });
});

describe('an address', () => {
  it.each([
    '0.0.0.0',
    '10.1.2.3',
    '100.64.0.1',
    '127.0.0.1',
    '169.254.169.254',
    '172.31.255.255',
    '192.168.0.1',
    '198.18.0.1',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::ffff:10.0.0.1',
    '::ffff:8.8.8.8',
    '64:ff9b::a00:1',
    '2001:db8::1',
    '2002:a00:1::',
    'fc00::1',
    'fd12:3456::1',
    'fe80::1',
    'ff02::1',
    'no address',
  ])('%s is private', (address) => {
    expect(isPrivateAddress(address)).toBe(true);
  });

  it.each(['8.8.8.8', '172.15.255.255', '172.32.0.1', '192.167.255.255', '223.255.255.255', '2606:4700:4700::1111', '2a00:1450::1'])(
    '%s is public',
    (address) => {
      expect(isPrivateAddress(address)).toBe(false);
    },
  );

  it('is of this machine as IPv4, IPv6, or one in the other’s clothes', () => {
    const addresses = ['127.0.0.1', '127.9.9.9', '::1', '::ffff:127.0.0.1', '10.0.0.1', '::2', 'localhost'];
    expect(addresses.map(isLoopbackAddress)).toEqual([true, true, true, true, false, false, false]);
  });
});

const hook: Webhook = {
  name: 'test',
  url: '',
  secrets: [example.secret],
  kinds: [],
  allowPrivate: false,
  timeoutMs: 5000,
  retry: { attempts: 1, firstDelayMs: 1, mostDelayMs: 1 },
};
const never = new AbortController().signal;

/** Resolves every name to these addresses. */
function namedBy(...addresses: readonly string[]) {
  const asked: string[] = [];
  const resolve = async (host: string): Promise<readonly LookupAddress[]> => {
    asked.push(host);
    return addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
  };
  return { asked, sender: createWebhookSender({ clock: createClock(), resolve }) };
}

describe('the sender', () => {
  const sender = createWebhookSender({ clock: createClock() });

  it('sends the signed message as it is', async () => {
    await using receiver = await openWebhookReceiver();
    const answer = await sender.send({ ...hook, url: `${receiver.url}?to=us` }, example.message, never);
    expect(answer).toEqual({ type: 'ANSWERED', status: 204, retryAfter: null });
    expect(receiver.received).toMatchObject([
      {
        path: '/hook?to=us',
        body: example.message.body,
        headers: { 'content-type': 'application/json', 'webhook-signature': example.signature },
      },
    ]);
  });

  it('follows no redirect, and tells what was answered', async () => {
    await using target = await openWebhookReceiver();
    await using receiver = await openWebhookReceiver(
      (response) => response.writeHead(307, { location: target.url }).end(),
      (response) => response.writeHead(503, { 'retry-after': '120' }).end('later'),
    );
    const send = () => sender.send({ ...hook, url: receiver.url }, example.message, never);
    expect(await send()).toEqual({ type: 'ANSWERED', status: 307, retryAfter: null });
    expect(await send()).toEqual({ type: 'ANSWERED', status: 503, retryAfter: '120' });
    expect(target.received).toEqual([]);
  });

  it.each([
    ['https://hooks.example.com/', '10.0.0.1', false],
    ['https://hooks.example.com/', '127.0.0.1', false],
    ['https://169.254.169.254/', '169.254.169.254', false],
    ['http://localhost/', '203.0.113.9', false],
    ['http://localhost/', '10.0.0.1', true],
  ] as const)('refuses %s at %s (allowPrivate: %s)', async (url, address, allowPrivate) => {
    const answer = await namedBy(address).sender.send({ ...hook, url, allowPrivate }, example.message, never);
    expect(answer).toEqual({ type: 'FAILED', fault: 'PRIVATE_ADDRESS' });
  });

  it('connects to the address that was checked, whatever the name means the next moment', async () => {
    await using receiver = await openWebhookReceiver();
    // No resolver knows the name: the connection can only go where it was said to.
    const { sender: pinned, asked } = namedBy('127.0.0.1');
    const answer = await pinned.send({ ...hook, url: `http://name.invalid:${receiver.port}/` }, example.message, never);
    expect([answer, asked]).toEqual([{ type: 'ANSWERED', status: 204, retryAfter: null }, ['name.invalid']]);
    expect(receiver.received[0]?.headers.host).toBe(`name.invalid:${receiver.port}`);
  });

  it('passes over the private ones of a name’s addresses', async () => {
    await using receiver = await openWebhookReceiver();
    const { sender: mixed } = namedBy('10.0.0.1', '127.0.0.1');
    const answer = await mixed.send({ ...hook, url: `http://name.invalid:${receiver.port}/` }, example.message, never);
    expect(answer).toMatchObject({ status: 204 });
  });

  it('speaks TLS where the address says so, to a private one where that is allowed', async () => {
    await using receiver = await openWebhookReceiver();
    const url = `https://127.0.0.1:${receiver.port}/`;
    expect(await sender.send({ ...hook, url, allowPrivate: true }, example.message, never)).toEqual({ type: 'FAILED', fault: 'TLS' });
    expect(receiver.received).toEqual([]);
  });

  it('tells a name that nobody knows from a server that is not there', async () => {
    const { port } = await openAndClose();
    expect(await namedBy().sender.send({ ...hook, url: 'https://nobody.example/' }, example.message, never)).toMatchObject({
      fault: 'UNKNOWN_HOST',
    });
    expect(await sender.send({ ...hook, url: `http://127.0.0.1:${port}/` }, example.message, never)).toMatchObject({ fault: 'CONNECTION' });
  });

  it('waits no longer than it may', async () => {
    const clock = createManualClock();
    const silence = Promise.withResolvers<void>();
    await using receiver = await openWebhookReceiver(() => silence.resolve());
    const sending = createWebhookSender({ clock }).send({ ...hook, url: receiver.url }, example.message, never);
    await silence.promise;
    await clock.advance(5000);
    expect(await sending).toEqual({ type: 'FAILED', fault: 'TIMEOUT' });
  });

  it('takes the status of an answer that does not end', async () => {
    const clock = createManualClock();
    const begun = Promise.withResolvers<void>();
    await using receiver = await openWebhookReceiver((response) => response.writeHead(200).write('and', () => begun.resolve()));
    const sending = createWebhookSender({ clock }).send({ ...hook, url: receiver.url }, example.message, never);
    await begun.promise;
    // By when another message has come and gone, what was sent before has arrived.
    await sender.send({ ...hook, url: receiver.url }, example.message, never);
    await clock.advance(5000);
    expect(await sending).toEqual({ type: 'ANSWERED', status: 200, retryAfter: null });
  });

  it('reads no more than a little of an answer', async () => {
    await using receiver = await openWebhookReceiver((response) => {
      const more = () => {
        while (response.write(Buffer.alloc(65_536)));
        response.once('drain', more);
      };
      response.writeHead(200);
      more();
    });
    expect(await sender.send({ ...hook, url: receiver.url }, example.message, never)).toMatchObject({ status: 200 });
  });

  it('is cancelled, before and in the middle', async () => {
    const reached = Promise.withResolvers<void>();
    await using receiver = await openWebhookReceiver(() => reached.resolve());
    const leaving = new AbortController();
    const sending = sender.send({ ...hook, url: receiver.url }, example.message, leaving.signal);
    await reached.promise;
    leaving.abort();
    expect(await sending).toEqual({ type: 'FAILED', fault: 'CANCELLED' });
    expect(await sender.send({ ...hook, url: receiver.url }, example.message, leaving.signal)).toEqual({
      type: 'FAILED',
      fault: 'CANCELLED',
    });
    expect(receiver.received).toHaveLength(1);
  });
});

/** A port that nobody listens on. */
async function openAndClose(): Promise<{ readonly port: number }> {
  const receiver = await openWebhookReceiver();
  await receiver[Symbol.asyncDispose]();
  return receiver;
}
