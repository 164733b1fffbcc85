import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Course } from '../support/benchFaults.ts';
import { answer, faultsOf, others } from '../support/benchFaults.ts';
import type { Asking, Fault, FaultyWorld, Seen } from '../support/faultyWorld.ts';
import { startFaultyWorld } from '../support/faultyWorld.ts';

type Name = keyof ReturnType<typeof faultsOf>;
const ways = ['mutate', 'stream'] as const;
type Way = (typeof ways)[number];

/** The scenarios of the public failover bench through the graph, over mutations and subscriptions; faults and limits are shorter by the factor. */
export function testRescue(scale: number): void {
  const seconds = (count: number) => (count * 1000) / scale;
  const course: Course = { downUntil: 0, sentAfterLeaving: 0 };
  let world: FaultyWorld;

  beforeAll(async () => {
    const faults = Object.entries<Fault>(faultsOf(seconds, course));
    // Each way has its own models: they count attempts apart.
    world = await startFaultyWorld(
      Object.fromEntries(ways.flatMap((way) => faults.map(([name, fault]) => [`${way}-${name}`, fault]))),
      scale,
    );
    // What is done for the first time takes longer.
    await Promise.all(ways.map(expectHealth));
  });
  afterAll(() => world?.[Symbol.asyncDispose]());

  async function ask(way: Way, name: Name, asking: Asking = {}) {
    const model = `${way}-${name}`;
    const seen = await world[way](model, asking);
    const primary = world.provider.asked('primary', model);
    const backup = world.provider.asked('backup', model);
    if (way === 'stream' && seen.completion !== null) expect(seen.streamedText).toBe(seen.completion.text);
    await expectHealth(way);
    return { seen, asked: [primary.length, backup.length], gaps: primary.slice(1).map((at, index) => at - (primary[index] ?? 0)) };
  }

  async function expectHealth(way: Way): Promise<void> {
    const { completion, durationMs } = await world[way](`${way}-healthy`);
    expect(completion?.text).toBe(answer);
    expect(durationMs).toBeLessThan(1000);
  }

  describe.concurrent.each(ways)('%s: a provider that', (way) => {
    test('limits its rate once is asked again when it said so', async () => {
      const { seen, asked, gaps } = await ask(way, 'rateLimitedOnce');
      expectServed(seen);
      expect(asked).toEqual([2, 0]);
      expect(gaps[0]).toBeGreaterThanOrEqual(seconds(2));
    });

    test('limits its rate for ever is asked four times at most, ever later', async () => {
      const { seen, asked, gaps } = await ask(way, 'rateLimited');
      expect([seen.error?.code, asked]).toEqual(['UPSTREAM_RATE_LIMITED', [4, 0]]);
      // Timers of whole milliseconds may be one early.
      for (const [index, gap] of gaps.entries()) expect(gap).toBeGreaterThanOrEqual((seconds(0.5) * 2 ** index) / 2 - 2);
    });

    test('fails once is asked once more', async () => {
      const { seen, asked } = await ask(way, 'failingOnce');
      expectServed(seen);
      expect(asked).toEqual([2, 0]);
    });

    test.each<Name>(['unavailable', 'reset', 'cut', 'malformed'])('fails (%s) has its answer given by another', async (name) => {
      const { seen, asked } = await ask(way, name);
      expectServed(seen);
      expect(asked).toEqual([1, 1]);
    });

    test('never answers is not asked again, and the call is bounded', async () => {
      const { seen, asked } = await ask(way, 'silent', { timeout: { totalMs: seconds(50) } });
      expect(seen.durationMs).toBeLessThan(seconds(50) + 1000);
      // Whoever wants the whole at once hears nothing until it comes: only the time for it all counts.
      if (way === 'stream') expectServed(seen);
      else expect(seen.error?.code).toBe('UPSTREAM_TIMEOUT');
      expect(asked).toEqual([1, way === 'stream' ? 1 : 0]);
    });

    test('is slow to begin is waited for', async () => {
      const { seen, asked } = await ask(way, 'slow');
      expectServed(seen);
      expect(asked).toEqual([1, 0]);
    });

    test('stalls has its answer whole in the end', async () => {
      const { seen, asked } = await ask(way, 'stalling');
      expectServed(seen);
      expect(asked).toEqual([1, way === 'stream' ? 1 : 0]);
    });

    test('ends without its closing word has answered', async () => {
      const { seen, asked } = await ask(way, 'unended');
      expectServed(seen);
      expect(seen.completion?.usage).toEqual(measured);
      expect([asked, seen.durationMs < 1000]).toEqual([[1, 0], true]);
    });

    test.each<[Name, string]>([
      ['tooLong', 'CONTEXT_TOO_LONG'],
      ['filtered', 'CONTENT_FILTERED'],
    ])('refuses the prompt (%s) is asked once, and its reason is told', async (name, code) => {
      const { seen, asked } = await ask(way, name);
      expect([seen.error?.code, asked]).toEqual([code, [1, 0]]);
    });

    test('breaks off before one that takes no prefill is replaced by it', async () => {
      const { seen, asked } = await ask(way, 'noPrefill', { onReroute: 'REPLACE' });
      expectServed(seen, others.join(''));
      expect(asked).toEqual([1, 1]);
    });

    test('fails is not paid as if it had answered', async () => {
      const { seen } = await ask(way, 'accounted');
      expect(seen.completion?.usage).toEqual(measured);
      expect(seen.completion?.attempts).toMatchObject([
        { provider: 'primary', outcome: 'FAILED', cost: null },
        { provider: 'backup', outcome: 'SUCCEEDED', cost: { total: seen.completion?.cost?.total } },
      ]);
    });

    test('is down like all the others ends in NO_ROUTE, with what each one said', async () => {
      const { seen, asked } = await ask(way, 'allDown');
      expect([seen.error?.code, asked]).toEqual(['NO_ROUTE', [2, 2]]);
      const said = ['primary/own', 'backup/own'].map((offer) => expect.stringContaining(offer));
      if (way === 'mutate') expect(seen.error?.extensions).toMatchObject({ attempts: expect.arrayContaining(said) });
    });
  });

  test('a brown-out of three calls in ten is seen by nobody, and the provider stays in use', async () => {
    for (let call = 0; call < 30; call++) expectServed(await world[ways[call % 2] ?? 'stream']('stream-brownOut'));
    expect((await world.state('stream-brownOut'))[0]?.health.state).toBe('CLOSED');
    expect(world.provider.asked('primary', 'stream-brownOut')).toHaveLength(30);
  });

  test('words that a provider sends after it was left reach nobody, and hold nothing', async () => {
    await world.leave('stream-unheeding', 2);
    await expect.poll(() => course.sentAfterLeaving, { interval: 10, timeout: 5000 }).toBe(1);
    await expectHealth('stream');
  });

  test('calls are served throughout an outage; the provider is left alone, and back soon after', async () => {
    course.downUntil = performance.now() + seconds(60);
    const servedBy: string[] = [];
    while (servedBy.at(-1) !== 'primary') {
      const seen = await world.stream('stream-outage');
      expectServed(seen);
      servedBy.push(seen.completion?.attempts.at(-1)?.provider ?? '');
      expect(performance.now()).toBeLessThan(course.downUntil + seconds(30));
      if (servedBy.length === 8) expect((await world.state('stream-outage'))[0]?.health.state).toBe('OPEN');
    }
    // Five calls open the breaker; after that one tries it each time.
    const down = world.provider.asked('primary', 'stream-outage').filter((at) => at < course.downUntil);
    expect(down.length).toBeLessThan(12);
    expect(servedBy.length).toBeGreaterThan(20);
  });
}

const measured = { inputTokens: 10, outputTokens: 60, basis: 'MEASURED' };

function expectServed({ completion, error }: Seen, text = answer): void {
  expect(error).toBeNull();
  expect(completion).toMatchObject({ text, finishReason: 'STOP' });
}
