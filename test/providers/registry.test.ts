import { describe, expect, it } from 'vitest';
import { formatNames } from '../../src/providers/formatNames.ts';
import { knownProviderSettings, knownProviders, localServers } from '../../src/providers/known.ts';
import { kinQuirks } from '../../src/providers/openaiChat/quirks.ts';
import { createProvider } from '../../src/providers/registry.ts';
import { createManualClock } from '../support/manualClock.ts';
import { settingsOf } from '../support/providerCall.ts';

const tools = { clock: createManualClock() };

describe('createProvider', () => {
  it('makes every known provider', async () => {
    for (const row of knownProviders) {
      await using provider = createProvider(knownProviderSettings(row, { apiKey: 'sk-x', credentials: {}, options: {} }), tools);
      expect(provider.format).toBe(row.format);
    }
  });

  it.each(['nonsense', 'toString'])('lists the formats where %s is none', (format) => {
    expect(() => createProvider(settingsOf({ format }), tools)).toThrow(
      expect.objectContaining({
        code: 'INVALID_REQUEST',
        message: expect.stringContaining('openai-chat'),
        details: { provider: 'upstream', formats: formatNames },
      }),
    );
  });
});

describe('known providers', () => {
  it('have ids of their own, an https address and a row of quirks', () => {
    expect(new Set(knownProviders.map(({ id }) => id)).size).toBe(knownProviders.length);
    expect(new Set(knownProviders.map(({ variable }) => variable)).size).toBe(knownProviders.length);
    for (const { baseUrl, kin } of knownProviders) {
      expect(new URL(baseUrl).protocol).toBe('https:');
      if (kin !== null) expect(kinQuirks).toHaveProperty(kin);
    }
  });
});

describe('local servers', () => {
  it('are looked for on this machine only', () => {
    expect(localServers.map(({ baseUrl }) => new URL(baseUrl).host)).toEqual([
      '127.0.0.1:11434',
      '127.0.0.1:1234',
      '127.0.0.1:9931',
      '127.0.0.1:8080',
      '127.0.0.1:8000',
    ]);
    expect(new Set(localServers.map(({ id }) => id)).size).toBe(localServers.length);
    for (const { kin } of localServers) expect(kinQuirks).toHaveProperty(kin);
  });
});
