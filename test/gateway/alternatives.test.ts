import { describe, expect, it } from 'vitest';
import type { ProviderEvent } from '../../src/domain/providerEvent.ts';
import { finished, started, text } from '../support/fakeAdapter.ts';
import { house } from '../support/house.ts';
import { promptOf } from '../support/providerCall.ts';

const other = (words: string): ProviderEvent => ({ type: 'alternative', index: 1, event: text(words) });
const two = { prompt: promptOf({ choices: 2 }) };

describe('a further answer', () => {
  it('is heard: a call in which it alone still speaks is not idle', async () => {
    const { complete, catalog } = house();
    const wait = { waitMs: 20_000 };
    catalog.one.answer([started, text('once')], wait, [other('or ')], wait, [other('twice')], wait, finished(10, 6));
    expect(await complete(two)).toMatchObject({ text: 'once', alternatives: [{ text: 'or twice', finishReason: null }] });
  });

  it('is counted where an answer is cut before its usage came', async () => {
    const { start, catalog, ledger, clock } = house({ attempts: 1 });
    catalog.one.answer([started, text('once'), other('or twice '.repeat(10))], 'hang');
    const { id, answer } = await start(two);
    const ended = answer.catch(() => null);
    await clock.advance(31_000);
    await ended;
    const [booked] = ledger.ended;
    expect(booked).toMatchObject({ id, errorCode: 'UPSTREAM_TIMEOUT', usage: { basis: 'ESTIMATED' } });
    expect(booked?.usage.outputTokens).toBeGreaterThan(20);
  });
});
