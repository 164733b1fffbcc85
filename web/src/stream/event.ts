import { isRecord } from '../graph/result.ts';

interface Place {
  /** Null where the operation did not select it. */
  readonly completionId: string | null;
  readonly sequence: number | null;
}

/** A completion event as the stream view reads it; whatever the operation did not select is null. */
export type CompletionEvent = Place &
  (
    | { readonly kind: 'started'; readonly model: string | null }
    | { readonly kind: 'delta'; readonly text: string; readonly offset: number | null }
    | { readonly kind: 'rerouted'; readonly keepTextLength: number | null }
    | { readonly kind: 'finished'; readonly completion: EndedCompletion }
    | { readonly kind: 'failed'; readonly code: string | null; readonly message: string | null; readonly completion: EndedCompletion }
  );

export interface EndedCompletion {
  readonly text: string | null;
  readonly finishReason: string | null;
  readonly outputTokens: number | null;
  /** Dollars, an exact decimal. */
  readonly cost: string | null;
}

type Fields = Readonly<Record<string, unknown>>;

const none: Fields = {};

/** Reads the value of a completion stream's field. Null when it is not one of the known events: a later gateway may have more. */
export function readCompletionEvent(value: unknown): CompletionEvent | null {
  if (!isRecord(value)) return null;
  const place = { completionId: text(value['completionId']), sequence: count(value['sequence']) };
  switch (value['__typename'] ?? guessType(value)) {
    case 'CompletionStarted':
      return { ...place, kind: 'started', model: text(fields(value['model'])['slug']) };
    case 'CompletionDelta':
      return { ...place, kind: 'delta', text: text(value['text']) ?? '', offset: count(value['offset']) };
    case 'CompletionRerouted':
      return { ...place, kind: 'rerouted', keepTextLength: count(value['keepTextLength']) };
    case 'CompletionFinished':
      return { ...place, kind: 'finished', completion: readEnded(fields(value['completion'])) };
    case 'CompletionFailed':
      return { ...place, kind: 'failed', ...readFailure(fields(value['error'])), completion: readEnded(fields(value['completion'])) };
    default:
      return null;
  }
}

/** An operation may leave `__typename` out; then the fields that only one event has tell which it is. */
function guessType(value: Fields): string | null {
  if ('error' in value) return 'CompletionFailed';
  if ('completion' in value) return 'CompletionFinished';
  if ('keepTextLength' in value) return 'CompletionRerouted';
  if ('text' in value) return 'CompletionDelta';
  return 'model' in value ? 'CompletionStarted' : null;
}

function readFailure(error: Fields) {
  return { code: text(error['code']), message: text(error['message']) };
}

function readEnded(completion: Fields): EndedCompletion {
  return {
    text: text(completion['text']),
    finishReason: text(completion['finishReason']),
    outputTokens: count(fields(completion['usage'])['outputTokens']),
    cost: text(fields(completion['cost'])['total']),
  };
}

function fields(value: unknown): Fields {
  return isRecord(value) ? value : none;
}

function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

function count(value: unknown): number | null {
  return typeof value === 'number' ? value : null;
}
