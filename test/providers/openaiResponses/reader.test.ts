import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../../src/domain/json.ts';
import { createInterpreter } from '../../../src/providers/openaiResponses/events.ts';
import { openThought } from '../../../src/providers/openaiResponses/thought.ts';
import { malformed } from '../../../src/providers/wire/failure.ts';
import { foldAnswer } from '../../support/foldAnswer.ts';
import { callOf, settingsOf } from '../../support/providerCall.ts';

const peer = { id: settingsOf().id, name: 'Upstream' };
const context = { callId: callOf().id, peer, tools: new Set<string>(), warnings: [], schemaMethod: null, untoldCap: null };

function readWhole(response: JsonObject) {
  const interpreter = createInterpreter({ ...context, toError: () => malformed(peer, 'failed') });
  interpreter.readWhole(response);
  return foldAnswer(interpreter.take());
}

describe('a response', () => {
  const output = [{ type: 'message', content: [{ type: 'output_text', text: 'Hi' }] }];

  it.each(['queued', 'in_progress', 'cancelled'])('that is %s is no whole one', (status) => {
    expect(() => readWhole({ output, status })).toThrow(expect.objectContaining({ code: 'UPSTREAM_MALFORMED' }));
    expect(readWhole({ output, status: 'completed' })).toMatchObject({ text: 'Hi', reason: 'STOP' });
  });

  it('may have thoughts without an id, which go back without one', () => {
    const thought = { type: 'reasoning', summary: [{ type: 'summary_text', text: 'Hm.' }], encrypted_content: 'gAAA' };
    const { seals, reasoning } = readWhole({ output: [thought, ...output], status: 'completed' });
    expect(reasoning).toBe('Hm.');
    expect(openThought(reasoning, seals[0] ?? null)).toEqual({
      type: 'reasoning',
      encrypted_content: 'gAAA',
      summary: [{ type: 'summary_text', text: 'Hm.' }],
    });
    expect(openThought('Hm.', 'openai-responses:null')).toBeNull();
  });
});
