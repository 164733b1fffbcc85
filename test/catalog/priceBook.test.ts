import { beforeAll, describe, expect, it, vi } from 'vitest';
import type { PriceBook } from '../../src/catalog/priceBook.ts';
import { openPriceBook } from '../../src/catalog/priceBook.ts';

const openai = 'https://api.openai.com/v1';
const noon = Date.UTC(2026, 10, 22, 12);

describe('the price book', () => {
  let book: PriceBook;
  beforeAll(async () => {
    book = await openPriceBook([openai], noon);
  });

  it('knows prices by the address of the provider, in whole picodollars a token', () => {
    expect(book.find(openai, 'gpt-4o-mini')).toMatchObject({
      price: { input: 150_000n, output: 600_000n, cachedInput: 75_000n, cacheWrite: null, reasoning: null, request: null },
      contextWindow: 128_000,
    });
  });

  it('knows dated names of a model', () => {
    expect(book.find(openai, 'gpt-4o-mini-2024-07-18')?.price?.input).toBe(150_000n);
  });

  it('knows an embedding model without a price for output', () => {
    expect(book.find(openai, 'text-embedding-3-small')?.price).toMatchObject({ input: 20_000n, output: null });
  });

  it.each([
    ['a server of one’s own', 'http://models.example/v1', 'gpt-4o-mini'],
    ['a model it does not know', openai, 'my-own-finetune'],
    ['an address that only contains a known one', 'https://proxy.example/?to=https://api.openai.com', 'gpt-4o-mini'],
  ])('says nothing of %s', (_, baseUrl, model) => {
    expect(book.find(baseUrl, model)).toBeNull();
  });

  it('says null, never 0, of a model whose prices it lists as empty', () => {
    expect(book.find('https://openrouter.ai/api/v1', 'google/gemma-3-27b-it:free')).toMatchObject({ price: null });
  });

  it('takes the first tier of a price in tiers', () => {
    expect(book.find('https://api.anthropic.com', 'claude-sonnet-4-5')?.price).toMatchObject({ input: 3_000_000n, output: 15_000_000n });
  });

  it('takes the highest price of a day, whatever the hour', async () => {
    const deepseek = 'https://api.deepseek.com/v1';
    const night = await openPriceBook([deepseek], Date.UTC(2026, 10, 22, 20));
    const price = night.find(deepseek, 'deepseek-chat')?.price;
    expect(price).toEqual(book.find(deepseek, 'deepseek-chat')?.price);
    expect(price).toMatchObject({ input: 270_000n, output: 1_100_000n });
  });

  it('knows a provider by its address of today', () => {
    const model = 'meta-llama/Llama-3.3-70B-Instruct-Turbo';
    expect(book.find('https://api.together.ai/v1', model)?.price).not.toBeNull();
    expect(book.find('https://api.together.ai/v1', model)).toEqual(book.find('https://api.together.xyz/v1', model));
    expect(book.find('https://api.together.ai/v1', 'gpt-4o-mini')).toBeNull();
  });

  it('rounds a price up that is no whole number of picodollars', () => {
    expect(book.find('https://openrouter.ai/api/v1', 'google/gemini-2.5-flash-lite')?.price?.cacheWrite).toBe(83_334n);
  });

  it('never asks the network', async () => {
    const fetched = vi.spyOn(globalThis, 'fetch').mockImplementation(() => Promise.reject(new Error('no network')));
    const fresh = await openPriceBook([openai], noon);
    fresh.find(openai, 'gpt-4o-mini');
    expect(fetched).not.toHaveBeenCalled();
    fetched.mockRestore();
  });

  it('is empty for servers of this machine', async () => {
    expect(book.find('', 'gpt-4o-mini')).toBeNull();
    const local = await openPriceBook(['http://127.0.0.1:8080/v1', 'http://localhost:1/v1', 'http://[::1]:2/v1'], noon);
    expect(local.find('http://127.0.0.1:8080/v1', 'gpt-4o-mini')).toBeNull();
  });
});
