import { describe, expect, it } from 'vitest';
import { capabilities } from '../../../src/domain/model.ts';
import { sandboxModels, sandboxProviders } from '../../../src/providers/sandbox/catalog.ts';
import { sandboxWorld } from './sandboxWorld.ts';

describe('format sandbox', () => {
  describe('the catalog', () => {
    it('has two models with two offers each, all of them simulated', () => {
      expect(sandboxProviders.map(({ id, simulated }) => [id, simulated])).toEqual([
        ['sandbox', true],
        ['sandbox-b', true],
      ]);
      expect(sandboxModels.map(({ slug, kind, simulated, offers }) => [slug, kind, simulated, offers.map(({ id }) => id)])).toEqual([
        ['sandbox/chat', 'CHAT', true, ['sandbox/sandbox/chat', 'sandbox-b/sandbox/chat']],
        ['sandbox/embed', 'EMBEDDING', true, ['sandbox/sandbox/embed', 'sandbox-b/sandbox/embed']],
      ]);
      expect(sandboxModels.flatMap(({ offers }) => offers).every(({ simulated }) => simulated)).toBe(true);
    });

    it('makes the second sandbox the dearer one', () => {
      for (const { offers } of sandboxModels) {
        const [cheap, dear] = offers.map(({ price }) => price.input ?? 0n);
        expect(cheap).toBeGreaterThan(0n);
        expect(dear).toBeGreaterThan(cheap ?? 0n);
      }
    });

    it('offers everything at the chat model but pictures and sounds', () => {
      const able = capabilities.filter((capability) => capability !== 'IMAGE_OUTPUT' && capability !== 'AUDIO_OUTPUT');
      for (const offer of sandboxModels[0]?.offers ?? []) {
        expect(offer).toMatchObject({ capabilities: able, contextWindow: 8192, maxOutputTokens: 4096 });
      }
    });

    it('is what the sandbox lists', async () => {
      const listed = await sandboxWorld().adapter().listModels(new AbortController().signal);
      expect(listed.map(({ providerModel, kind }) => [`sandbox/${providerModel}`, kind])).toEqual(
        sandboxModels.map(({ slug, kind }) => [slug, kind]),
      );
    });

    it('holds nothing that must be closed', async () => {
      const adapter = sandboxWorld().adapter();
      await adapter[Symbol.asyncDispose]();
      expect(adapter.format).toBe('sandbox');
    });
  });
});
