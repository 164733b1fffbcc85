import type { ToolCallDelta } from '../domain/completion.ts';
import type { Message, MessagePart, ToolCall } from '../domain/message.ts';
import type { FinishReason, ProviderEvent, TokenLogprob } from '../domain/providerEvent.ts';
import type { TokenUsage } from '../domain/usage.ts';
import { mergeUsage } from '../domain/usage.ts';

/** What one batch of events adds to what a reader has seen. */
export interface FoldedDelta {
  readonly text: string;
  readonly reasoning: string | null;
  readonly refusal: string | null;
  readonly toolCalls: readonly ToolCallDelta[];
}

interface OpenToolCall {
  id: string;
  name: string;
  arguments: string;
}

/** An answer as far as it has come. Only this file changes it. */
export interface Fold {
  /** The provider has taken the call. */
  started: boolean;
  text: string;
  reasoning: string;
  refusal: string;
  signature: string | null;
  usage: TokenUsage | null;
  finishReason: FinishReason | null;
  providerFinishReason: string | null;
  providerRequestId: string | null;
  logprobs: TokenLogprob[] | null;
  readonly warnings: string[];
  /** By their index. */
  readonly toolCalls: Map<number, OpenToolCall>;
}

export function createFold(): Fold {
  return {
    started: false,
    text: '',
    reasoning: '',
    refusal: '',
    signature: null,
    usage: null,
    finishReason: null,
    providerFinishReason: null,
    providerRequestId: null,
    logprobs: null,
    warnings: [],
    toolCalls: new Map(),
  };
}

interface OpenDelta {
  text: string;
  reasoning: string | null;
  refusal: string | null;
  toolCalls: ToolCallDelta[];
}

/** Takes a batch in; what of it a reader sees, or null when that is nothing. */
export function foldBatch(fold: Fold, batch: readonly ProviderEvent[]): FoldedDelta | null {
  // Gathered apart and joined once: slicing it off the whole text again would copy that text for every batch.
  const delta: OpenDelta = { text: '', reasoning: null, refusal: null, toolCalls: [] };
  for (const event of batch) foldEvent(fold, delta, event);
  fold.text += delta.text;
  fold.reasoning += delta.reasoning ?? '';
  fold.refusal += delta.refusal ?? '';
  const silent = delta.text === '' && !delta.reasoning && !delta.refusal && delta.toolCalls.length === 0;
  return silent ? null : delta;
}

function foldEvent(fold: Fold, delta: OpenDelta, event: ProviderEvent): void {
  switch (event.type) {
    case 'text':
      delta.text += event.text;
      return;
    case 'reasoning':
      delta.reasoning = (delta.reasoning ?? '') + event.text;
      fold.signature = event.signature ?? fold.signature;
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
    case 'started':
      fold.started = true;
      fold.providerRequestId = event.providerRequestId;
      return;
    case 'usage':
      fold.usage = fold.usage === null ? event.usage : mergeUsage(fold.usage, event.usage);
      return;
    case 'logprobs':
      fold.logprobs ??= [];
      fold.logprobs.push(...event.tokens);
      return;
    case 'warning':
      fold.warnings.push(event.message);
      return;
    case 'finished':
      fold.finishReason = event.reason;
      fold.providerFinishReason = event.providerReason;
      return;
    default:
      event satisfies never;
  }
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
  const inOrder = [...toolCalls].sort(([left], [right]) => left - right);
  return inOrder.map(([, call]) => ({ ...call, arguments: call.arguments === '' ? '{}' : call.arguments }));
}

/** The answer as a message, which may go back into a conversation. */
export function foldedMessage(fold: Fold): Message {
  const parts: MessagePart[] = [];
  if (fold.reasoning !== '' || fold.signature !== null) {
    parts.push({ type: 'reasoning', text: fold.reasoning, signature: fold.signature });
  }
  if (fold.text !== '') parts.push({ type: 'text', text: fold.text });
  if (fold.refusal !== '') parts.push({ type: 'refusal', text: fold.refusal });
  for (const call of foldedToolCalls(fold)) parts.push({ type: 'toolCall', ...call });
  return { role: 'ASSISTANT', parts, name: null };
}
