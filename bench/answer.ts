/**
 * What the mock upstream says, known to both sides: the prompt orders an answer, and every answer that comes back is compared with
 * this text, so that a gateway which drops or repeats an event fails the run instead of looking fast.
 */

/** `whole` is not streamed; `burst` is written at once; `paced` and `slow` write one event at a time. */
export type AnswerKind = 'whole' | 'burst' | 'paced' | 'slow';

export interface AnswerOrder {
  readonly kind: AnswerKind;
  /** How many pieces of text the answer has; in a stream, one event each. */
  readonly events: number;
}

const ordered = /bench (whole|burst|paced|slow) (\d{1,5})\b/;

export const upstreamModel = 'bench-chat';

export function promptFor({ kind, events }: AnswerOrder): string {
  return `bench ${kind} ${events}`;
}

/** Finds the order in the request's bytes; the upstream needs nothing else from them. */
export function readOrder(body: string): AnswerOrder | null {
  const found = ordered.exec(body);
  if (found === null) return null;
  // The expression admits only these words.
  return { kind: found[1] as AnswerKind, events: Number(found[2]) };
}

/** A piece is as long as a usual token. */
export function piece(index: number): string {
  return ` w${index}`;
}

const texts = new Map<number, string>();

export function textOf(events: number): string {
  const known = texts.get(events);
  if (known !== undefined) return known;
  const text = Array.from({ length: events }, (_, index) => piece(index)).join('');
  texts.set(events, text);
  return text;
}

export const promptTokens = 12;

/** What every OpenAI-shaped request of the run carries. */
export function chatRequest(order: AnswerOrder) {
  return {
    model: upstreamModel,
    messages: [
      { role: 'system', content: 'You are the upstream of a measurement.' },
      { role: 'user', content: promptFor(order) },
    ],
    max_tokens: order.events,
    ...(order.kind === 'whole' ? {} : { stream: true, stream_options: { include_usage: true } }),
  };
}
