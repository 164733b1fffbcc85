import type { AnswerOrder } from './answer.ts';
import { piece, promptTokens, textOf, upstreamModel } from './answer.ts';

/** The answers as bytes in the shape of OpenAI chat completions, made once each: the upstream should cost the shared core little. */
const head = {
  id: 'chatcmpl-BenchBenchBenchBenchBench',
  created: 1_760_000_000,
  model: upstreamModel,
  system_fingerprint: 'fp_bench000000',
};
function usageOf(events: number) {
  return { prompt_tokens: promptTokens, completion_tokens: events, total_tokens: promptTokens + events };
}

function chunk(rest: object): string {
  return `data: ${JSON.stringify({ ...head, object: 'chat.completion.chunk', ...rest })}\n\n`;
}

function contentChunk(index: number): string {
  const delta = index === 0 ? { role: 'assistant', content: piece(0) } : { content: piece(index) };
  return chunk({ choices: [{ index: 0, delta, logprobs: null, finish_reason: null }], usage: null });
}

export function wholeBody(events: number): Buffer {
  const message = { role: 'assistant', content: textOf(events), refusal: null };
  const choices = [{ index: 0, message, logprobs: null, finish_reason: 'stop' }];
  return Buffer.from(JSON.stringify({ ...head, object: 'chat.completion', choices, usage: usageOf(events) }));
}

/** The stream's writes: one for each event, then one for the finish chunk, the usage and the end. */
export function streamWrites({ events }: AnswerOrder): Buffer[] {
  const finish = chunk({ choices: [{ index: 0, delta: {}, logprobs: null, finish_reason: 'stop' }], usage: null });
  const end = `${finish}${chunk({ choices: [], usage: usageOf(events) })}data: [DONE]\n\n`;
  return [...Array.from({ length: events }, (_, index) => contentChunk(index)), end].map((text) => Buffer.from(text));
}

/** What `GET /v1/models` lists. */
export function modelsBody(): string {
  return JSON.stringify({ object: 'list', data: [{ id: upstreamModel, object: 'model', created: head.created, owned_by: 'bench' }] });
}
