import { EventStreamCodec } from '@smithy/eventstream-codec';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../../src/domain/json.ts';
import type { ProviderEvent } from '../../src/domain/providerEvent.ts';
import { foldAnswer } from '../support/foldAnswer.ts';
import { streamFormats } from '../support/providerReaders.ts';
import { toFrame } from './bedrock/frames.ts';

/** How a format writes what a hostile or broken server might say. */
interface Words {
  /** A tool call, begun and left. */
  call(place: number): readonly JsonObject[];
  /** A piece of a tool call that was not begun; null: the format has no pieces. */
  readonly orphan: JsonObject | null;
  text(words: string): JsonObject;
  /** The end, with a reason of the server's own. */
  end(reason: string): readonly JsonObject[];
  readonly usage: (count: number) => JsonObject;
}

const words: Readonly<Record<string, Words>> = {
  openaiChat: {
    call: (index) => [
      { choices: [{ index: 0, delta: { tool_calls: [{ index, id: `c${index}`, function: { name: 'f', arguments: '' } }] } }] },
    ],
    orphan: null,
    text: (content) => ({ choices: [{ index: 0, delta: { content } }] }),
    end: (finish_reason) => [{ choices: [{ index: 0, delta: {}, finish_reason }] }],
    usage: (count) => ({ choices: [], usage: { prompt_tokens: count, completion_tokens: 1 } }),
  },
  openaiResponses: {
    call: (output_index) => [
      { type: 'response.output_item.added', output_index, item: { type: 'function_call', call_id: `c${output_index}`, name: 'f' } },
    ],
    orphan: { type: 'response.function_call_arguments.delta', output_index: 1e9, delta: '{}' },
    text: (delta) => ({ type: 'response.output_text.delta', delta }),
    end: (reason) => [{ type: 'response.incomplete', response: { status: 'incomplete', incomplete_details: { reason } } }],
    usage: (count) => ({ type: 'response.in_progress', response: { usage: { input_tokens: count } } }),
  },
  anthropicMessages: {
    call: (index) => [{ type: 'content_block_start', index, content_block: { type: 'tool_use', id: `c${index}`, name: 'f', input: {} } }],
    orphan: { type: 'content_block_delta', index: 1e9, delta: { type: 'input_json_delta', partial_json: '{}' } },
    text: (text) => ({ type: 'content_block_start', index: 0, content_block: { type: 'text', text } }),
    end: (stop_reason) => [{ type: 'message_delta', delta: { stop_reason } }, { type: 'message_stop' }],
    usage: (count) => ({ type: 'message_delta', delta: {}, usage: { input_tokens: count } }),
  },
  gemini: {
    call: () => [{ candidates: [{ content: { parts: [{ functionCall: { name: 'f' } }] } }] }],
    orphan: null,
    text: (text) => ({ candidates: [{ content: { parts: [{ text }] } }] }),
    end: (finishReason) => [{ candidates: [{ finishReason }] }],
    usage: (count) => ({ usageMetadata: { promptTokenCount: count } }),
  },
  cohere: {
    call: (place) => [{ type: 'tool-call-start', delta: { message: { tool_calls: { id: `c${place}`, function: { name: 'f' } } } } }],
    orphan: { type: 'tool-call-delta', delta: { message: { tool_calls: { function: { arguments: '{}' } } } } },
    text: (text) => ({ type: 'content-delta', delta: { message: { content: { text } } } }),
    end: (finish_reason) => [{ type: 'message-end', delta: { finish_reason } }],
    usage: (count) => ({ type: 'content-end', delta: { usage: { billed_units: { input_tokens: count } } } }),
  },
  ollama: {
    call: () => [{ message: { tool_calls: [{ function: { name: 'f', arguments: {} } }] } }],
    orphan: null,
    text: (content) => ({ message: { content } }),
    end: (done_reason) => [{ message: { content: '' }, done: true, done_reason }],
    usage: (count) => ({ message: {}, prompt_eval_count: count }),
  },
  bedrock: {
    call: (contentBlockIndex) => [
      { contentBlockStart: { contentBlockIndex, start: { toolUse: { toolUseId: `c${contentBlockIndex}`, name: 'f' } } } },
    ],
    orphan: { contentBlockDelta: { contentBlockIndex: 1e9, delta: { toolUse: { input: '{}' } } } },
    text: (text) => ({ contentBlockDelta: { contentBlockIndex: 0, delta: { text } } }),
    end: (stopReason) => [{ messageStop: { stopReason } }],
    usage: (count) => ({ metadata: { usage: { inputTokens: count } } }),
  },
};

it('an error that the frames of Bedrock name is told, whatever its name', () => {
  const codec = new EventStreamCodec(String, (text) => Buffer.from(text));
  const headers = {
    ':message-type': { type: 'string', value: 'error' },
    ':error-code': { type: 'string', value: 'InternalFailure' },
  } as const;
  const reader = streamFormats.find(({ folder }) => folder === 'bedrock')?.open();
  const frame = Buffer.from(codec.encode({ headers, body: Buffer.alloc(0) }));
  expect(() => reader?.read(frame)).toThrow(expect.objectContaining({ message: expect.stringContaining('sent an error') }));
});

describe.each(streamFormats)('an answer in the format $folder', ({ folder, open }) => {
  const said = words[folder];
  if (said === undefined) throw new Error(`No hostile words for ${folder}.`);
  const toBytes = (event: JsonObject): Buffer => {
    if (folder === 'bedrock') return Buffer.concat(Object.entries(event).map(([name, payload]) => toFrame(name, payload)));
    return Buffer.from(folder === 'ollama' ? `${JSON.stringify(event)}\n` : `data: ${JSON.stringify(event)}\n\n`);
  };
  const hear = (...events: readonly (JsonObject | Buffer)[]): readonly ProviderEvent[] => {
    const reader = open();
    const heard: ProviderEvent[] = [];
    for (const event of events) {
      reader.read(Buffer.isBuffer(event) ? event : toBytes(event));
      heard.push(...reader.take());
    }
    if (!reader.finished) reader.end();
    heard.push(...reader.take());
    return heard;
  };
  const malformed = expect.objectContaining({ code: 'UPSTREAM_MALFORMED' });

  it.each(['constructor', '__proto__', 'toString', 'a reason of tomorrow'])(
    'that ends for the reason %s ends for another one',
    (reason) => {
      const answer = hear(said.text('Hi'), ...said.end(reason));
      expect(foldAnswer(answer)).toMatchObject({ text: 'Hi', reason: 'OTHER' });
      expect(answer.at(-1)).toMatchObject({ type: 'finished', providerReason: reason });
    },
  );

  it('without an end is never whole, whatever it said', () => {
    expect(() => hear()).toThrow(malformed);
    expect(() => hear(said.text('Hi'))).toThrow(malformed);
    expect(() => hear(...said.call(0))).toThrow(malformed);
  });

  it('that says nothing but its end is an empty one', () => {
    expect(foldAnswer(hear(...said.end('constructor')))).toMatchObject({ text: '', toolCalls: [], reason: 'OTHER' });
  });

  it('that calls a million tools is given up early', () => {
    let asked = 0;
    const reader = open();
    const goOn = (): void => {
      for (; asked < 1_000_000; asked++) for (const event of said.call(asked)) reader.read(toBytes(event));
    };
    expect(goOn).toThrow(malformed);
    expect(asked).toBeLessThan(2000);
  });

  it('with calls at hostile places counts them from 0', () => {
    expect(foldAnswer(hear(...said.call(1e9), ...said.call(7), ...said.end('x'))).toolCalls.map((call) => call.arguments)).toEqual([
      '{}',
      '{}',
    ]);
  });

  it.skipIf(said.orphan === null)('with a piece of a call that was not begun is refused', () => {
    expect(() => hear(said.orphan ?? {}, ...said.end('x'))).toThrow(malformed);
  });

  it('that repeats its end, or goes on after it, says nothing more', () => {
    const whole = foldAnswer(hear(said.text('Hi'), ...said.end('x')));
    const ends = said.end('x');
    // In one read, and in the next.
    expect(foldAnswer(hear(Buffer.concat([said.text('Hi'), ...ends, ...ends].map(toBytes))))).toEqual(whole);
  });

  it.each([-1, 0.5, 1e300, Number.MAX_SAFE_INTEGER + 2])('with a count of %f has no such count', (count) => {
    expect(foldAnswer(hear(said.text('Hi'), said.usage(count), ...said.end('x'))).usage?.inputTokens ?? null).toBeNull();
  });

  it('with a field __proto__ changes nothing of ours', () => {
    const [end] = said.end('x');
    const hostile = Buffer.from(JSON.stringify(end).replace('{', '{"__proto__":{"polluted":1},'));
    expect(JSON.parse(hostile.toString())).toHaveProperty('__proto__');
    if (folder !== 'bedrock')
      hear(
        said.text('Hi'),
        Buffer.concat([Buffer.from(folder === 'ollama' ? '' : 'data: '), hostile, Buffer.from('\n\n')]),
        ...said.end('x'),
      );
    expect({}).not.toHaveProperty('polluted');
  });
});
