import { describe, expect, it } from 'vitest';
import type { ProviderEvent } from '../../src/domain/providerEvent.ts';
import { createFold, foldBatch, foldedMessage, foldedToolCalls } from '../../src/gateway/fold.ts';
import { started, text } from '../support/fakeAdapter.ts';

function folded(...batches: readonly (readonly ProviderEvent[])[]) {
  const fold = createFold();
  return { fold, deltas: batches.map((batch) => foldBatch(fold, batch)) };
}

const toolCall = (index: number, words: string, id: string | null = null): ProviderEvent => ({
  type: 'toolCall',
  index,
  id,
  name: id === null ? null : `tool ${id}`,
  arguments: words,
});

describe('a fold', () => {
  it('adds up to what was said, and each delta to what was added', () => {
    const { fold, deltas } = folded([started], [text('once '), text('upon')], [text(' a time')]);
    expect([fold.text, deltas.map((delta) => delta?.text ?? null)]).toEqual(['once upon a time', [null, 'once upon', ' a time']]);
  });

  it('joins the fragments of each tool call, in the order of the calls', () => {
    const { fold } = folded([toolCall(1, '', 'b')], [toolCall(0, '{"x"', 'a')], [toolCall(0, ':1}')]);
    expect(foldedToolCalls(fold)).toEqual([
      { id: 'a', name: 'tool a', arguments: '{"x":1}' },
      { id: 'b', name: 'tool b', arguments: '{}' },
    ]);
  });

  it('is a message that may go back into the conversation', () => {
    const { fold } = folded([{ type: 'reasoning', text: 'hm', signature: 's' }, text('once'), toolCall(0, '{}', 'a')]);
    expect(foldedMessage(fold)).toEqual({
      role: 'ASSISTANT',
      name: null,
      parts: [
        { type: 'reasoning', text: 'hm', signature: 's' },
        { type: 'text', text: 'once' },
        { type: 'toolCall', id: 'a', name: 'tool a', arguments: '{}' },
      ],
    });
  });

  it('takes an empty fragment for nothing said', () => {
    const { fold, deltas } = folded([text('')], [{ type: 'reasoning', text: '', signature: 's' }], [{ type: 'refusal', text: '' }]);
    expect([deltas, fold.signed]).toEqual([[null, null, null], [{ text: '', signature: 's' }]]);
  });
});
