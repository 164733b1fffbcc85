import { describe, expect, it } from 'vitest';
import { toId } from '../../../src/domain/id.ts';
import type { AttemptStart, UsageEvent } from '../../../src/domain/usageEvent.ts';
import { readLine, toAttemptLine, toBeginLine } from '../../../src/store/ledger/record.ts';
import { toUnknown } from '../../../src/store/ledger/unknownCall.ts';
import { endedAttempt, newAttempt, newCall, nextId } from '../../support/tenancySeed.ts';

const tenancy = { organization: { id: toId<never>(nextId()) }, team: { id: toId<never>(nextId()) }, apiKey: { id: toId<never>(nextId()) } };
const start = newCall(tenancy);

/** What lines of the log say of a call that has no end. */
function unknown(lines: readonly string[]): UsageEvent | null {
  const attempts = lines.flatMap((line): readonly AttemptStart[] => {
    const record = readLine(line.trimEnd());
    return record === null || record.type === 'end' ? [] : [record.attempt];
  });
  return toUnknown({ start, attempts });
}

describe('a call whose end nobody knows', () => {
  it('is booked as it went as far as that is known, and its last attempt at its hold', () => {
    const failed = endedAttempt({ outcome: 'FAILED', errorCode: 'UPSTREAM_TIMEOUT' });
    const refused = endedAttempt({ outcome: 'FAILED', errorCode: 'UPSTREAM_RATE_LIMITED', usage: null, cost: null });
    const event = unknown([
      toBeginLine(start, newAttempt(start, { mostCost: 40n })),
      toAttemptLine(newAttempt(start, { earlier: [failed], mostCost: 45n })),
      toAttemptLine(newAttempt(start, { earlier: [failed, refused], startedAt: start.startedAt + 5, mostCost: 40n })),
    ]);
    expect(event).toMatchObject({
      outcome: 'UNKNOWN',
      errorCode: 'OUTCOME_UNKNOWN',
      usage: { inputTokens: 10, basis: 'ESTIMATED' },
      cost: { total: 40n, input: 10n, output: 20n, request: 10n },
    });
    expect(event?.attempts).toEqual([
      failed,
      refused,
      endedAttempt({
        outcome: 'UNKNOWN',
        errorCode: 'OUTCOME_UNKNOWN',
        startedAt: start.startedAt + 5,
        firstTokenMs: null,
        durationMs: 0,
        usage: {
          inputTokens: null,
          cachedInputTokens: null,
          cacheWriteTokens: null,
          outputTokens: null,
          reasoningTokens: null,
          basis: 'ESTIMATED',
        },
        priceSource: 'SIMULATION',
        cost: { total: 10n, input: 0n, cachedInput: 0n, cacheWrite: 0n, output: 0n, reasoning: 0n, request: 10n },
      }),
    ]);
  });

  it('has no known cost where the hold had no price', () => {
    const event = unknown([toBeginLine(start, newAttempt(start, { mostCost: null }))]);
    expect([event?.cost, event?.attempts[0]?.cost]).toEqual([null, null]);
  });

  it('is read of a log that was written before attempts had their price', () => {
    const { price: _, priceSource: __, providerModel: ___, startedAt: ____, earlier: _____, ...old } = newAttempt(start);
    const attempt = { ...old, mostCost: '7' };
    const event = unknown([`B${JSON.stringify({ start, attempt })}\n`, `A${JSON.stringify({ ...attempt, mostCost: '9' })}\n`]);
    expect(event).toMatchObject({ outcome: 'UNKNOWN', cost: { total: 9n } });
    const unsaid = { startedAt: start.startedAt, price: { input: null }, priceSource: null, providerModel: null };
    // The last hold covers the attempts before it.
    expect(event?.attempts).toMatchObject([
      { ...unsaid, cost: { total: 0n } },
      { ...unsaid, cost: { total: 9n } },
    ]);
  });

  it('is none where the segment with its beginning is gone', () => {
    expect(toUnknown({ start: null, attempts: [newAttempt(start)] })).toBe(null);
  });
});
