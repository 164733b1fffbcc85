import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createCustomer } from '../support/customer.ts';
import type { GatewayProcess } from '../support/gatewayProcess.ts';
import { startGateway } from '../support/gatewayProcess.ts';
import type { GatewayUser, StreamEvent } from '../support/gatewayUser.ts';
import { completed, createGatewayUser, sandboxInput, streamed, usageOf } from '../support/gatewayUser.ts';
import type { TemporaryFolder } from '../support/temporaryFolder.ts';
import { temporaryFolder } from '../support/temporaryFolder.ts';
import { until } from '../support/until.ts';

const quick = sandboxInput({ tokensPerSecond: 40 }, { maxOutputTokens: 20 });
const endless = sandboxInput({ tokensPerSecond: 20 }, { maxOutputTokens: 4000 });

interface Reading {
  readonly events: StreamEvent[];
  /** The first words have come. */
  readonly spoken: Promise<void>;
  readonly ended: Promise<void>;
}

/** Reads a stream to its end, whatever that is. */
function read(user: GatewayUser, input: Parameters<GatewayUser['completions']>[0]): Reading {
  const events: StreamEvent[] = [];
  const spoken = Promise.withResolvers<void>();
  const run = async () => {
    for await (const event of user.completions(input)) {
      events.push(event);
      if (event.__typename === 'CompletionDelta') spoken.resolve();
    }
  };
  return { events, spoken: spoken.promise, ended: run() };
}

async function readyStatus({ url }: GatewayProcess): Promise<number | 'REFUSED'> {
  return fetch(`${url}/readyz`).then(
    ({ status }) => status,
    () => 'REFUSED' as const,
  );
}

const closing: AsyncDisposable[] = [];
afterEach(async () => {
  for (const one of closing.splice(0).reverse()) await one[Symbol.asyncDispose]();
});

/** All gateways of this file work in it, one after the other; each test has a key, and so a ledger, of its own. */
let folder: TemporaryFolder;
beforeAll(() => {
  folder = temporaryFolder();
});
afterAll(() => folder.remove());

interface Opened {
  readonly gateway: GatewayProcess;
  readonly user: GatewayUser;
  readonly key: string;
}

async function open(key?: string): Promise<Opened> {
  const gateway = await startGateway({ config: { server: { drainMs: 1500 } }, dataFolder: folder.path });
  closing.push(gateway);
  const held = key ?? (await createCustomer(createGatewayUser(gateway))).secret;
  const user = createGatewayUser(gateway, held);
  closing.push(user);
  return { gateway, user, key: held };
}

describe('SIGTERM', () => {
  test('lets streams end, ends the rest honestly, takes no new calls, and books everything', async () => {
    const { gateway, user, key } = await open();
    const [short, long] = [read(user, quick), read(user, endless)];
    await Promise.all([short.spoken, long.spoken]);
    const exited = gateway.kill('SIGTERM');
    await until('the gateway is not ready', async () => (await readyStatus(gateway)) !== 200 || null);
    // On the socket that is open; a new connection finds nobody.
    const [late] = await Array.fromAsync(user.stream(streamed, { input: quick }));
    expect(late?.errors).toMatchObject([{ extensions: { code: 'OVERLOADED', retryable: true, retryAfterMs: expect.any(Number) } }]);
    const http = await user.ask(completed, { input: quick }).catch(() => 'REFUSED');
    if (http !== 'REFUSED') expect(http).toMatchObject({ errors: [{ extensions: { code: 'OVERLOADED' } }] });

    await Promise.all([short.ended, long.ended]);
    expect(short.events.at(-1)).toMatchObject({ __typename: 'CompletionFinished', completion: { finishReason: 'LENGTH' } });
    expect(long.events.at(-1)).toMatchObject({
      __typename: 'CompletionFailed',
      error: { code: 'OVERLOADED', retryable: true },
      completion: { usage: { basis: 'ESTIMATED' } },
    });
    for (const { events } of [short, long]) expect(events.map(({ sequence }) => sequence)).toEqual(events.map((_, index) => index + 1));
    expect(await exited).toEqual({ code: 0, signal: null });

    const { user: next } = await open(key);
    const costs = [short, long].map(({ events }) => Number(events.at(-1)?.completion?.cost?.total));
    const { cost, ...counts } = await usageOf(next);
    expect(counts).toEqual({ requests: 2, errors: 1 });
    expect(Number(cost)).toBeCloseTo((costs[0] ?? 0) + (costs[1] ?? 0), 9);
    expect(costs[1]).toBeGreaterThan(0);
  });

  test('a second one ends the process at once, and the next start books what was left', async () => {
    const { gateway, user, key } = await open();
    const { spoken, ended, events } = read(user, endless);
    ended.catch(() => undefined);
    await spoken;
    const exited = gateway.kill('SIGTERM');
    await until('the gateway shuts down', () => gateway.logs().includes('Shutting down.') || null);
    await gateway.kill('SIGTERM');
    expect(await exited).toEqual({ code: 1, signal: null });
    expect(events.some(({ __typename }) => __typename === 'CompletionFailed')).toBe(false);
    const { user: next } = await open(key);
    const { completions } = await next.get('{ completions { nodes { id state error { code } } } }');
    expect(completions.nodes).toEqual([{ id: events[0]?.completionId, state: 'UNKNOWN', error: { code: 'OUTCOME_UNKNOWN' } }]);
  });

  test.each(['SIGTERM', 'SIGINT'] as const)('an idle gateway goes without waiting, sockets and all (%s)', async (signal) => {
    const { gateway, user } = await open();
    await user.get(completed, { input: sandboxInput({ tokensPerSecond: 0 }, { maxOutputTokens: 3 }) });
    const socket = user.completions(sandboxInput({ tokensPerSecond: 0 }, { maxOutputTokens: 3 }));
    for await (const _ of socket);
    expect(await gateway.kill(signal)).toEqual({ code: 0, signal: null });
    expect(gateway.logs()).not.toMatch(/"level":"(warn|error)"/);
  });
});

describe('a data folder', () => {
  test('is refused to a second process, which leaves the first one be, and taken over from one that was killed', async () => {
    const { gateway, user, key } = await open();
    const { spoken, ended, events } = read(user, quick);
    await spoken;
    await expect(open(key)).rejects.toThrow(
      `The data folder ${folder.path} is in use by process ${gateway.pid}, which listens at ${gateway.url}.`,
    );
    await ended;
    expect(events.at(-1)?.__typename).toBe('CompletionFinished');
    await gateway.kill('SIGKILL');
    const { user: next } = await open(key);
    expect(await usageOf(next)).toMatchObject({ requests: 1, errors: 0, cost: events.at(-1)?.completion?.cost?.total });
  });
});
