import type { Citation } from '../domain/citation.ts';
import type { Alternative, OutputMedia, ToolCallDelta } from '../domain/completion.ts';
import type { JsonObject } from '../domain/json.ts';
import type { Message, MessagePart, SchemaMethod, ToolCall } from '../domain/message.ts';
import type { AnswerEvent, FinishReason, ProviderEvent, TokenLogprob } from '../domain/providerEvent.ts';
import type { RateLimits } from '../domain/rateLimits.ts';
import type { TokenUsage } from '../domain/usage.ts';
import { mergeUsage } from '../domain/usage.ts';
import { joinMedia } from './outputMedia.ts';

/** What one batch of events adds to what a reader has seen. */
export interface FoldedDelta {
  readonly text: string;
  readonly reasoning: string | null;
  readonly refusal: string | null;
  readonly toolCalls: readonly ToolCallDelta[];
  /** Absent where it brings none, which is nearly always. */
  readonly media?: readonly OutputMedia[];
}

interface OpenToolCall {
  id: string;
  name: string;
  arguments: string;
}

interface SignedThought {
  readonly text: string;
  readonly signature: string;
}

/** An answer as far as it has come. Only this file changes it. */
export interface Fold {
  /** The provider has taken the call. */
  started: boolean;
  text: string;
  /** All that was thought. */
  reasoning: string;
  refusal: string;
  /** The thoughts that were signed, and where in `reasoning` the one begins that is not yet. */
  readonly signed: SignedThought[];
  unsignedFrom: number;
  usage: TokenUsage | null;
  finishReason: FinishReason | null;
  providerFinishReason: string | null;
  providerRequestId: string | null;
  /** The model that answered, as the provider names it. */
  answeredModel: string | null;
  schemaMethod: SchemaMethod | null;
  metadata: JsonObject | null;
  limits: RateLimits | null;
  logprobs: TokenLogprob[] | null;
  readonly citations: Citation[];
  readonly media: OutputMedia[];
  readonly warnings: string[];
  /** By their index. */
  readonly toolCalls: Map<number, OpenToolCall>;
  /** Further answers, by their index; null where there are none. */
  alternatives: Map<number, Fold> | null;
}

export function createFold(): Fold {
  return {
    started: false,
    text: '',
    reasoning: '',
    refusal: '',
    signed: [],
    unsignedFrom: 0,
    usage: null,
    finishReason: null,
    providerFinishReason: null,
    providerRequestId: null,
    answeredModel: null,
    schemaMethod: null,
    metadata: null,
    limits: null,
    logprobs: null,
    citations: [],
    media: [],
    warnings: [],
    toolCalls: new Map(),
    alternatives: null,
  };
}

interface OpenDelta {
  text: string;
  reasoning: string | null;
  refusal: string | null;
  toolCalls: ToolCallDelta[];
  media?: OutputMedia[];
}

/** Takes a batch in; what of it a reader sees, or null when that is nothing. */
export function foldBatch(fold: Fold, batch: readonly ProviderEvent[]): FoldedDelta | null {
  // Gathered apart and joined once: slicing it off the whole text again would copy that text for every batch.
  const delta: OpenDelta = { text: '', reasoning: null, refusal: null, toolCalls: [] };
  for (const event of batch) foldEvent(fold, delta, event);
  fold.text += delta.text;
  fold.refusal += delta.refusal ?? '';
  const silent = delta.text === '' && !delta.reasoning && !delta.refusal && delta.toolCalls.length === 0 && delta.media === undefined;
  return silent ? null : delta;
}

function foldEvent(fold: Fold, delta: OpenDelta, event: ProviderEvent): void {
  switch (event.type) {
    case 'text':
      delta.text += event.text;
      return;
    case 'started':
      fold.started = true;
      fold.providerRequestId = event.providerRequestId;
      fold.answeredModel = event.providerModel;
      return;
    case 'usage':
      fold.usage = fold.usage === null ? event.usage : mergeUsage(fold.usage, event.usage);
      return;
    case 'warning':
      fold.warnings.push(event.message);
      return;
    case 'schemaMethod':
      fold.schemaMethod = event.method;
      return;
    case 'limits':
      fold.limits = event.limits;
      return;
    case 'metadata':
      fold.metadata = { ...fold.metadata, ...event.fields };
      return;
    case 'alternative':
      foldBatch(alternativeOf(fold, event.index), [event.event]);
      return;
    default:
      foldAnswerEvent(fold, delta, event);
  }
}

function foldAnswerEvent(fold: Fold, delta: OpenDelta, event: Exclude<AnswerEvent, { readonly type: 'text' }>): void {
  switch (event.type) {
    case 'reasoning':
      delta.reasoning = (delta.reasoning ?? '') + event.text;
      takeThought(fold, event);
      return;
    case 'refusal':
      delta.refusal = (delta.refusal ?? '') + event.text;
      return;
    case 'toolCall': {
      const { index, id, name, arguments: fragment } = event;
      takeToolCall(fold, event);
      delta.toolCalls.push({ index, id, name, arguments: fragment });
      return;
    }
    case 'image':
    case 'audio':
      fold.media.push(event);
      delta.media ??= [];
      delta.media.push(event);
      return;
    case 'citation':
      fold.citations.push(event.citation);
      return;
    case 'logprobs':
      fold.logprobs ??= [];
      fold.logprobs.push(...event.tokens);
      return;
    case 'finished':
      fold.finishReason = event.reason;
      fold.providerFinishReason = event.providerReason;
      return;
    default:
      event satisfies never;
  }
}

function takeThought(fold: Fold, { text, signature }: Extract<AnswerEvent, { readonly type: 'reasoning' }>): void {
  fold.reasoning += text;
  if (signature === null) return;
  fold.signed.push({ text: fold.reasoning.slice(fold.unsignedFrom), signature });
  fold.unsignedFrom = fold.reasoning.length;
}

function alternativeOf(fold: Fold, index: number): Fold {
  fold.alternatives ??= new Map();
  const known = fold.alternatives.get(index);
  if (known !== undefined) return known;
  const alternative = createFold();
  fold.alternatives.set(index, alternative);
  return alternative;
}

function takeToolCall({ toolCalls }: Fold, { index, id, name, arguments: fragment }: ToolCallDelta): void {
  const call = toolCalls.get(index);
  if (call === undefined) {
    toolCalls.set(index, { id: id ?? '', name: name ?? '', arguments: fragment });
    return;
  }
  if (call.id === '' && id !== null) call.id = id;
  if (call.name === '' && name !== null) call.name = name;
  call.arguments += fragment;
}

/** The calls in their order; one without arguments has `{}`. */
export function foldedToolCalls({ toolCalls }: Fold): readonly ToolCall[] {
  return inOrder(toolCalls).map((call) => ({ ...call, arguments: call.arguments === '' ? '{}' : call.arguments }));
}

/** All that a reader sees of an answer so far, its text from a place on; null when that is nothing. */
export function wholeDelta(fold: Fold, fromText: number): FoldedDelta | null {
  const { reasoning, refusal, media } = fold;
  const text = fold.text.slice(fromText);
  const toolCalls = [...fold.toolCalls].map(([index, call]): ToolCallDelta => ({ index, ...call }));
  if (text === '' && reasoning === '' && refusal === '' && toolCalls.length === 0 && media.length === 0) return null;
  return {
    text,
    reasoning: reasoning === '' ? null : reasoning,
    refusal: refusal === '' ? null : refusal,
    toolCalls,
    ...(media.length === 0 ? {} : { media: [...media] }),
  };
}

/** The answer as a message, which may go back into a conversation. */
export function foldedMessage(fold: Fold): Message {
  const parts: MessagePart[] = fold.signed.map((thought) => ({ type: 'reasoning', ...thought }));
  const unsigned = fold.reasoning.slice(fold.unsignedFrom);
  if (unsigned !== '') parts.push({ type: 'reasoning', text: unsigned, signature: null });
  if (fold.text !== '') parts.push({ type: 'text', text: fold.text });
  if (fold.refusal !== '') parts.push({ type: 'refusal', text: fold.refusal });
  parts.push(...joinMedia(fold.media));
  for (const call of foldedToolCalls(fold)) parts.push({ type: 'toolCall', ...call });
  return { role: 'ASSISTANT', parts, name: null };
}

/** The further answers in their order. */
export function foldedAlternatives({ alternatives }: Fold): readonly Alternative[] {
  return alternatives === null ? [] : inOrder(alternatives).map(toAlternative);
}

function toAlternative(fold: Fold): Alternative {
  const { text, finishReason, providerFinishReason } = fold;
  return { message: foldedMessage(fold), text, toolCalls: foldedToolCalls(fold), finishReason, providerFinishReason };
}

function inOrder<Value>(byIndex: ReadonlyMap<number, Value>): readonly Value[] {
  return [...byIndex].sort(([left], [right]) => left - right).map(([, value]) => value);
}
