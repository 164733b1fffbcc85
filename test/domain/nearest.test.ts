import { describe, expect, it } from 'vitest';
import { nearest } from '../../src/domain/nearest.ts';

const models = ['openai/gpt-4o', 'openai/gpt-4o-mini', 'openai/gpt-4.1', 'anthropic/claude-haiku', 'sandbox/chat', 'sandbox/embed'];

describe('nearest names', () => {
  it.each([
    ['sandbox/caht', ['sandbox/chat']],
    ['sandbx/chat', ['sandbox/chat']],
    ['SANDBOX/CHAT', ['sandbox/chat']],
    ['claude-haiku', ['anthropic/claude-haiku']],
    ['gpt-4o', ['openai/gpt-4o', 'openai/gpt-4o-mini']],
    ['openai/gpt-4', ['openai/gpt-4.1', 'openai/gpt-4o', 'openai/gpt-4o-mini']],
    ['mistral/large', []],
    ['', []],
  ])('of %j are %j', (text, expected) => {
    expect(nearest(text, models)).toEqual(expected);
  });

  it('are three at most', () => {
    expect(nearest('model', ['model1', 'model2', 'model3', 'model4'])).toEqual(['model1', 'model2', 'model3']);
  });

  it('are not looked for when the text is longer than any name', () => {
    expect(nearest('x'.repeat(100_000), models)).toEqual([]);
  });

  it('of a mistyped setting is the setting', () => {
    expect(nearest('baseURL', ['baseUrl', 'apiKey', 'name'])).toEqual(['baseUrl']);
    expect(nearest('apikye', ['baseUrl', 'apiKey', 'name'])).toEqual(['apiKey']);
    expect(nearest('nam', ['baseUrl', 'apiKey', 'name'])).toEqual(['name']);
  });
});
