import { describe, expect, it } from 'vitest';
import { deprecationWarning, isSunset, sunsetSentence } from '../../src/domain/deprecation.ts';
import { toId } from '../../src/domain/id.ts';
import type { Deprecation } from '../../src/domain/model.ts';

const announced: Deprecation = { deprecatedAt: '2026-03-01', sunsetAt: '2026-06-01', replacement: toId('acme/chat-2') };
const of = (changes: Partial<Deprecation> | null) => ({
  slug: toId<never>('acme/chat'),
  deprecation: changes === null ? null : { ...announced, ...changes },
});
const day = (text: string) => Date.parse(text);

describe('a deprecation', () => {
  it.each([
    ['2026-02-28', {}, 'acme/chat will be deprecated on 2026-03-01, and is served until 2026-06-01. Ask for acme/chat-2 instead.'],
    ['2026-03-01', {}, 'acme/chat is deprecated since 2026-03-01, and is served until 2026-06-01. Ask for acme/chat-2 instead.'],
    ['2026-03-01', { deprecatedAt: null, sunsetAt: null, replacement: null }, 'acme/chat is deprecated.'],
  ])('is warned of on %s', (at, changes, sentence) => {
    expect(deprecationWarning(of(changes), day(at))).toBe(sentence);
  });

  it('that was never announced is no warning', () => {
    expect(deprecationWarning(of(null), 0)).toBeNull();
    expect(isSunset(of(null), Number.MAX_SAFE_INTEGER)).toBe(false);
  });

  it('ends with the beginning of its last day in UTC', () => {
    expect([day('2026-05-31T23:59:59.999Z'), day('2026-06-01T00:00:00Z')].map((now) => isSunset(of({}), now))).toEqual([false, true]);
    expect(isSunset(of({ sunsetAt: null }), Number.MAX_SAFE_INTEGER)).toBe(false);
    expect(sunsetSentence(of({}))).toBe('acme/chat is no longer served since 2026-06-01. Ask for acme/chat-2 instead.');
  });
});
