import { describe, expect, it } from 'vitest';
import type { CompletionEvent } from '../../src/domain/completion.ts';
import { GatewayError } from '../../src/domain/errors.ts';
import { keepEvents } from '../../src/gateway/keptEvents.ts';
import { finished, started, text, whole } from '../support/fakeAdapter.ts';
import { house, readAll, sandboxed } from '../support/house.ts';

const away = new GatewayError('UPSTREAM_UNAVAILABLE', 'Away.');
const replace = { onReroute: 'REPLACE' } as const;

function names(events: readonly CompletionEvent[]): readonly string[] {
  return events.map(({ __typename }) => __typename.replace('Completion', ''));
}

/** The text as a client has it who does what the events say. */
function textOf(events: readonly CompletionEvent[]): string {
  let has = '';
  for (const [index, event] of events.entries()) {
    expect(event.sequence).toBe(index + 1);
    if (event.__typename === 'CompletionRerouted') has = has.slice(0, event.keepTextLength);
    if (event.__typename !== 'CompletionDelta') continue;
    expect(event.offset).toBe(has.length);
    has += event.text;
  }
  return has;
}

describe('a stream that breaks off', () => {
  it('goes on with another offer that says the same and more', async () => {
    const { stream, catalog, ledger } = house();
    catalog.one.answer([started, text('once ')], [text('upon')], away);
    catalog.two.answer([started, text('on')], [text('ce upon a')], [text(' time'), ...finished(10, 5)]);
    const events = await stream();
    expect(names(events)).toEqual(['Started', 'Delta', 'Delta', 'Rerouted', 'Delta', 'Delta', 'Finished']);
    expect(events[3]).toMatchObject({ keepTextLength: 9, reason: 'UPSTREAM_UNAVAILABLE', offer: { provider: 'two' } });
    expect(textOf(events)).toBe('once upon a time');
    expect(events.at(-1)).toMatchObject({ completion: { text: 'once upon a time', offer: { provider: 'two' } } });
    expect(ledger.ended[0]?.attempts).toMatchObject([
      { outcome: 'FAILED', usage: { basis: 'ESTIMATED' } },
      { outcome: 'SUCCEEDED', usage: { basis: 'MEASURED' } },
    ]);
  });

  it('is openly replaced from where another one differs, where the client can', async () => {
    const { stream, catalog } = house();
    catalog.one.answer([started, text('once upon')], away);
    catalog.two.answer([started, text('once more, ')], [text('please'), ...finished(10, 5)]);
    const events = await stream(replace);
    expect(names(events)).toEqual(['Started', 'Delta', 'Rerouted', 'Rerouted', 'Delta', 'Delta', 'Finished']);
    expect(events[3]).toMatchObject({ keepTextLength: 5 });
    expect(textOf(events)).toBe('once more, please');
    expect(events.at(-1)).toMatchObject({ completion: { text: 'once more, please', state: 'SUCCEEDED' } });
  });

  it('fails with what was sent where another one differs and the text must stand; the other one is left at once, and paid', async () => {
    const { stream, catalog, ledger, gateway } = house();
    catalog.one.answer([started, text('once upon')], away);
    catalog.two.answer([started, text('once more')], 'hang');
    const events = await stream();
    expect(names(events)).toEqual(['Started', 'Delta', 'Rerouted', 'Failed']);
    expect(textOf(events)).toBe('once upon');
    expect(events.at(-1)).toMatchObject({
      error: { code: 'UPSTREAM_UNAVAILABLE', message: expect.stringContaining('does not continue') },
      completion: { text: 'once upon', offer: { provider: 'one' } },
    });
    expect(catalog.two.completions[0]?.signal.aborted).toBe(true);
    expect(ledger.ended[0]?.attempts).toMatchObject([{ outcome: 'FAILED' }, { outcome: 'CANCELLED', usage: { basis: 'ESTIMATED' } }]);
    expect([
      gateway.inFlight,
      gateway.models.health(events[2]?.__typename === 'CompletionRerouted' ? events[2].offer.id : never()).errorRate,
    ]).toEqual([0, null]);
  });

  it('that ends within the text already sent has the rest forgotten', async () => {
    const { stream, catalog } = house();
    catalog.one.answer([started, text('once upon')], away);
    catalog.two.answer([started, text('once'), ...finished(10, 1)]);
    const events = await stream(replace);
    expect(names(events)).toEqual(['Started', 'Delta', 'Rerouted', 'Rerouted', 'Finished']);
    expect([textOf(events), events.at(-1)]).toMatchObject(['once', { completion: { text: 'once' } }]);
  });

  it('is rescued as often as the call may try', async () => {
    const { stream, catalog } = house();
    catalog.one.answer([started, text('a')], away);
    catalog.two.answer([started, text('ab')], away);
    catalog.one.answer([started, text('a')], away);
    catalog.two.answer(whole('abc'));
    const events = await stream();
    expect(textOf(events)).toBe('abc');
    expect(events.at(-1)).toMatchObject({ __typename: 'CompletionFinished', completion: { attempts: { length: 4 } } });
  });

  it('keeps the longest text where nobody could go on', async () => {
    const { stream, catalog } = house({ attempts: 2 });
    catalog.one.answer([started, text('once upon')], away);
    catalog.two.answer([started, text('once')], away);
    const events = await stream();
    expect(events.at(-1)).toMatchObject({ error: { code: 'NO_ROUTE' }, completion: { text: 'once upon', offer: { provider: 'one' } } });
    expect(textOf(events)).toBe('once upon');
  });

  it.each([
    ['a tool call', { type: 'toolCall', index: 0, id: 'c', name: 'look', arguments: '{' }],
    ['a refusal', { type: 'refusal', text: 'No' }],
  ] as const)('in the middle of %s fails where it must stand, and is begun anew where it may be replaced', async (_what, event) => {
    const { stream, catalog } = house();
    catalog.one.answer([started, event], away);
    expect((await stream()).at(-1)).toMatchObject({ __typename: 'CompletionFailed', error: { code: 'UPSTREAM_UNAVAILABLE' } });
    expect(catalog.two.completions).toHaveLength(0);
    catalog.one.answer([started, event], away);
    catalog.two.answer([started, event, ...finished(1, 1)]);
    const events = await stream(replace);
    expect(names(events)).toEqual(['Started', 'Delta', 'Rerouted', 'Delta', 'Finished']);
  });

  it('and was thought of only so far is begun anew', async () => {
    const { stream, catalog } = house();
    catalog.one.answer([started, { type: 'reasoning', text: 'Hm', signature: null }], away);
    catalog.two.answer(whole('once'));
    const events = await stream();
    expect(events.at(-1)).toMatchObject({ completion: { text: 'once', reasoning: null } });
    expect(textOf(events)).toBe('once');
  });

  it('under a cancelled call is not rescued', async () => {
    const { start, catalog, clock, gateway, caller } = house();
    catalog.one.answer([started, text('once')], 'hang');
    const running = await start();
    await clock.advance(1);
    await gateway.completions.cancel(caller, { id: running.id });
    expect((await clock.until(readAll(running))).at(-1)).toMatchObject({ error: { code: 'CANCELLED' } });
    expect(catalog.two.completions).toHaveLength(0);
  });

  it('comes back as it was when it is kept, and from any event on', async () => {
    const { start, catalog, clock } = house();
    catalog.one.answer([started, text('once ')], [text('upon')], away);
    catalog.two.answer([started, text('once ')], [text('more')], [text(' or less'), ...finished(10, 5)]);
    const running = await start(replace);
    const live = await clock.until(readAll(running));
    expect(await readAll(running)).toEqual(live);
    expect(await readAll(running, 4)).toEqual(live.slice(4));
    expect(keepEvents(live).slice(0, live.length)).toEqual(live);
    expect(textOf(live)).toBe('once more or less');
  });

  it('and gathers its deltas loses and repeats nothing', async () => {
    const { stream, catalog } = house();
    catalog.one.answer([started, text('a')], [text('b')], [text('c')], away);
    catalog.two.answer([started, text('ab')], [text('X')], [text('Y'), ...finished(1, 1)]);
    expect(textOf(await stream({ ...replace, coalesceMs: 50 }))).toBe('abXY');
  });
});

describe('a call that nobody reads along with', () => {
  it('begins anew, whatever had come', async () => {
    const { complete, catalog } = house();
    catalog.one.answer([started, text('once upon')], away);
    catalog.two.answer(whole('another'));
    expect(await complete()).toMatchObject({ text: 'another', attempts: [{ outcome: 'FAILED' }, { outcome: 'SUCCEEDED' }] });
  });
});

describe('a fault of the sandbox in mid-stream', () => {
  it.each([['cut'], ['malformed'], ['stall']])('%s is not seen by the client, because the other one says the same', async (fault) => {
    const { stream } = house();
    const events = await stream(sandboxed({ fault, after: 5, offer: 'sandbox' }));
    expect(events.at(-1)).toMatchObject({
      __typename: 'CompletionFinished',
      completion: { text: textOf(events), offer: { provider: 'sandbox-b' } },
    });
    expect(names(events).filter((name) => name === 'Rerouted')).toHaveLength(1);
  });
});

function never(): never {
  throw new Error('The event is another one.');
}
