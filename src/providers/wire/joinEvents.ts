import type { ProviderEvent } from '../../domain/providerEvent.ts';

/** Two neighbours of one batch as one event, where that says the same: a burst of tokens costs those above one event. Null: they stay two. */
export function joinEvents(last: ProviderEvent, next: ProviderEvent): ProviderEvent | null {
  switch (next.type) {
    case 'text':
    case 'refusal':
      return last.type === next.type ? { type: next.type, text: last.text + next.text } : null;
    case 'reasoning':
      if (last.type !== 'reasoning' || last.signature !== null) return null;
      return { type: 'reasoning', text: last.text + next.text, signature: next.signature };
    case 'toolCall':
      if (last.type !== 'toolCall' || last.index !== next.index || next.id !== null) return null;
      return { ...last, arguments: last.arguments + next.arguments };
    case 'alternative':
    case 'audio':
    case 'citation':
    case 'image':
    case 'limits':
    case 'logprobs':
    case 'metadata':
    case 'schemaMethod':
    case 'started':
    case 'usage':
    case 'warning':
    case 'finished':
      return null;
    default:
      return next satisfies never;
  }
}
