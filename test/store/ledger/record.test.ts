import { describe, expect, it } from 'vitest';
import { userHolder } from '../../../src/domain/holder.ts';
import { toId } from '../../../src/domain/id.ts';
import { readLine, toBeginLine } from '../../../src/store/ledger/record.ts';
import { newAttempt, newCall, nextId } from '../../support/tenancySeed.ts';

const tenancy = { organization: { id: toId<never>(nextId()) }, team: { id: toId<never>(nextId()) }, apiKey: { id: toId<never>(nextId()) } };

describe('a line of the write-ahead log', () => {
  it('gives back the beginning of a user’s call, who has no key', () => {
    const holder = userHolder(tenancy.organization.id, toId('alice'));
    const start = newCall(tenancy, { apiKeyId: null, userId: toId('alice'), holder });
    const attempt = newAttempt(start, { mostCost: 2n ** 60n });
    expect(readLine(toBeginLine(start, attempt).trimEnd())).toEqual({ type: 'begin', start, attempt });
  });

  it('of a version that knew no holders but keys is its key’s', () => {
    const start = newCall(tenancy);
    const { holder, ...older } = start;
    const attempt = newAttempt(start);
    // An older version had no such field, and JSON leaves out what is undefined.
    const line = toBeginLine({ ...older, holder: undefined } as unknown as typeof start, attempt);
    expect(line).not.toContain('holder');
    expect(readLine(line.trimEnd())).toEqual({ type: 'begin', start: { ...older, holder }, attempt });
    expect(holder).toBe(`key:${tenancy.apiKey.id}`);
  });
});
