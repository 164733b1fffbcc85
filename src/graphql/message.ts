import type { Message, MessagePart } from '../domain/message.ts';
import type { GraphMessage, GraphMessagePart } from './result.ts';

/** Text alone, or nothing at all, becomes `content`, so that the simple case stays simple and goes back as it came; all else becomes `parts`. */
export function toGraphMessage({ role, parts, name }: Message): GraphMessage {
  const [only] = parts;
  if (only === undefined) return { role, content: '', parts: null, name };
  if (only?.type === 'text' && parts.length === 1) return { role, content: only.text, parts: null, name };
  return { role, content: null, parts: parts.map(toGraphPart), name };
}

function toGraphPart(part: MessagePart): GraphMessagePart {
  switch (part.type) {
    case 'text':
      return { __typename: 'TextPart', text: part.text };
    case 'image': {
      const { type: _, ...image } = part;
      return { __typename: 'ImagePart', image };
    }
    case 'file': {
      const { type: _, ...file } = part;
      return { __typename: 'FilePart', file };
    }
    case 'audio': {
      const { type: _, ...audio } = part;
      return { __typename: 'AudioPart', audio };
    }
    case 'toolCall': {
      const { type: _, ...toolCall } = part;
      return { __typename: 'ToolCallPart', toolCall };
    }
    case 'toolResult': {
      const { toolCallId, parts, isError } = part;
      return { __typename: 'ToolResultPart', toolResult: { toolCallId, parts: parts.map(toGraphPart), isError } };
    }
    case 'reasoning': {
      const { type: _, ...reasoning } = part;
      return { __typename: 'ReasoningPart', reasoning };
    }
    case 'refusal':
      return { __typename: 'RefusalPart', refusal: part.text };
    case 'cacheControl':
      return { __typename: 'CacheControlPart', cacheControl: { lifetime: part.lifetime } };
    default:
      return part satisfies never;
  }
}
