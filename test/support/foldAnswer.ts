import type { Citation } from '../../src/domain/citation.ts';
import type { OutputMedia } from '../../src/domain/completion.ts';
import type { JsonObject } from '../../src/domain/json.ts';
import type { SchemaMethod } from '../../src/domain/message.ts';
import type { FinishReason, ProviderEvent } from '../../src/domain/providerEvent.ts';
import type { TokenUsage } from '../../src/domain/usage.ts';
import { mergeUsage } from '../../src/domain/usage.ts';

/** All that a stream of events says, whatever batches and fragments it came in. */
export interface FoldedAnswer {
  readonly text: string;
  readonly reasoning: string;
  readonly refusal: string;
  readonly toolCalls: readonly { readonly id: string | null; readonly name: string | null; readonly arguments: string }[];
  readonly tokens: readonly string[];
  readonly usage: TokenUsage | null;
  /** The seals of thoughts, in their order. */
  readonly seals: readonly string[];
  readonly citations: readonly Citation[];
  /** Pictures and sounds, the pieces of a sound as they came. */
  readonly media: readonly Pick<OutputMedia, 'type' | 'mediaType' | 'data'>[];
  /** What further answers say, by their index from 1. */
  readonly alternatives: readonly { readonly text: string; readonly reason: FinishReason | null }[];
  readonly metadata: JsonObject;
  readonly schemaMethod: SchemaMethod | null;
  readonly warnings: readonly string[];
  readonly providerModel: string | null;
  readonly reason: FinishReason | null;
}

/** Throws where the events break the port's promises: one `started` before all words, one `finished` and that last, calls counted from 0. */
export function foldAnswer(events: readonly ProviderEvent[]): FoldedAnswer {
  checkOrder(events);
  const reports = events.flatMap((event) => (event.type === 'usage' ? [event.usage] : []));
  const started = events.find((event) => event.type === 'started');
  const finished = events.find((event) => event.type === 'finished');
  return {
    text: join(events, 'text'),
    reasoning: join(events, 'reasoning'),
    refusal: join(events, 'refusal'),
    toolCalls: joinCalls(events),
    tokens: events.flatMap((event) => (event.type === 'logprobs' ? event.tokens.map(({ token }) => token) : [])),
    usage: reports.length === 0 ? null : reports.reduce(mergeUsage),
    seals: events.flatMap((event) => (event.type === 'reasoning' && event.signature !== null ? [event.signature] : [])),
    citations: events.flatMap((event) => (event.type === 'citation' ? [event.citation] : [])),
    media: events.filter((event) => event.type === 'image' || event.type === 'audio'),
    alternatives: foldAlternatives(events),
    metadata: Object.assign({}, ...events.map((event) => (event.type === 'metadata' ? event.fields : {}))),
    schemaMethod: events.find((event) => event.type === 'schemaMethod')?.method ?? null,
    warnings: events.flatMap((event) => (event.type === 'warning' ? [event.message] : [])),
    providerModel: started?.providerModel ?? null,
    reason: finished?.reason ?? null,
  };
}

function foldAlternatives(events: readonly ProviderEvent[]): FoldedAnswer['alternatives'] {
  const alternatives: { text: string; reason: FinishReason | null }[] = [];
  for (const event of events) {
    if (event.type !== 'alternative') continue;
    alternatives[event.index - 1] ??= { text: '', reason: null };
    const alternative = alternatives[event.index - 1];
    if (alternative === undefined) continue;
    if (event.event.type === 'text') alternative.text += event.event.text;
    if (event.event.type === 'finished') alternative.reason = event.event.reason;
  }
  return alternatives;
}

type FoldedCall = FoldedAnswer['toolCalls'][number];

function joinCalls(events: readonly ProviderEvent[]): readonly FoldedCall[] {
  const calls: FoldedCall[] = [];
  for (const event of events) {
    if (event.type !== 'toolCall') continue;
    const { index, id, name } = event;
    const known = calls[index];
    if (known === undefined && (index !== calls.length || id === null || name === null)) throw new Error('A tool call begins wrong.');
    calls[index] =
      known === undefined ? { id, name, arguments: event.arguments } : { ...known, arguments: known.arguments + event.arguments };
  }
  return calls;
}

function checkOrder(events: readonly ProviderEvent[]): void {
  const types = events.map(({ type }) => type).filter((type) => type !== 'warning' && type !== 'metadata' && type !== 'limits');
  const startedOnce = types.length === 0 || types.lastIndexOf('started') === 0;
  const finished = types.indexOf('finished');
  if (!startedOnce || (finished >= 0 && finished !== types.length - 1)) throw new Error(`Events are out of order: ${types.join(' ')}`);
}

function join(events: readonly ProviderEvent[], type: 'text' | 'reasoning' | 'refusal'): string {
  return events.map((event) => (event.type === type ? event.text : '')).join('');
}
