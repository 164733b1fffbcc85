import type { CompletionEvent, EndedCompletion } from './event.ts';

export type Phase =
  | { readonly kind: 'running' }
  | { readonly kind: 'finished'; readonly completion: EndedCompletion }
  | { readonly kind: 'failed'; readonly code: string | null; readonly message: string | null; readonly completion: EndedCompletion }
  /** The user stopped it. */
  | { readonly kind: 'stopped' }
  /** It ended without its terminal event: what was received is not a whole answer. */
  | { readonly kind: 'cut' };

/** One completion's text as far as it has arrived. Times are milliseconds of one clock, whatever its zero. */
export interface StreamState {
  readonly completionId: string | null;
  readonly model: string | null;
  readonly text: string;
  /** The offset of the text's first character: above 0 where a resumed stream began in the middle. */
  readonly textOffset: number;
  readonly lastSequence: number | null;
  /** True when sequence numbers were left out: something of the text is missing. */
  readonly gap: boolean;
  readonly reroutes: number;
  readonly beganAtMs: number;
  readonly firstTextAtMs: number | null;
  readonly lastAtMs: number;
  readonly phase: Phase;
}

export function beginStream(completionId: string | null, beganAtMs: number): StreamState {
  return {
    completionId,
    model: null,
    text: '',
    textOffset: 0,
    lastSequence: null,
    gap: false,
    reroutes: 0,
    beganAtMs,
    firstTextAtMs: null,
    lastAtMs: beganAtMs,
    phase: { kind: 'running' },
  };
}

/** The state after one more event, received at `atMs`. */
export function advance(stream: StreamState, event: CompletionEvent, atMs: number): StreamState {
  const seen = { ...stream, ...follow(stream, event.sequence), lastAtMs: atMs };
  switch (event.kind) {
    case 'started':
      return { ...seen, model: event.model };
    case 'delta':
      return { ...seen, ...addText(stream, event), firstTextAtMs: stream.firstTextAtMs ?? (event.text === '' ? null : atMs) };
    case 'rerouted':
      return { ...seen, reroutes: stream.reroutes + 1, text: keepText(stream, event.keepTextLength) };
    case 'finished':
      return { ...seen, ...settleText(stream, event.completion.text), phase: { kind: 'finished', completion: event.completion } };
    case 'failed':
      return { ...seen, phase: { kind: 'failed', code: event.code, message: event.message, completion: event.completion } };
    default:
      return event satisfies never;
  }
}

/** The stream when nothing more can arrive; a terminal event that did arrive stands. */
export function close(stream: StreamState, how: 'stopped' | 'cut'): StreamState {
  return stream.phase.kind === 'running' ? { ...stream, phase: { kind: how } } : stream;
}

function follow({ lastSequence, gap }: StreamState, sequence: number | null): Pick<StreamState, 'lastSequence' | 'gap'> {
  if (sequence === null) return { lastSequence, gap };
  const jumped = lastSequence !== null && sequence > lastSequence + 1;
  return { lastSequence: sequence, gap: gap || jumped };
}

/** A delta's text stands at its offset: what was there from then on is replaced, so a repeated delta changes nothing. */
function addText(
  stream: StreamState,
  delta: { readonly text: string; readonly offset: number | null },
): Pick<StreamState, 'text' | 'textOffset'> {
  const { text, offset } = delta;
  if (offset === null) return { text: stream.text + text, textOffset: stream.textOffset };
  if (stream.text === '' && stream.firstTextAtMs === null) return { text, textOffset: offset };
  return { text: stream.text.slice(0, Math.max(0, offset - stream.textOffset)) + text, textOffset: stream.textOffset };
}

function keepText({ text, textOffset }: StreamState, length: number | null): string {
  return length === null ? text : text.slice(0, Math.max(0, length - textOffset));
}

/** The finished completion's own text is authoritative. */
function settleText(stream: StreamState, text: string | null): Pick<StreamState, 'text' | 'textOffset'> {
  return text === null ? { text: stream.text, textOffset: stream.textOffset } : { text, textOffset: 0 };
}
