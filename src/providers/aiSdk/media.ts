import { GatewayError } from '../../domain/errors.ts';
import type { MessagePart } from '../../domain/message.ts';
import type { Dialect } from './dialect.ts';

export type MediaPart = Extract<MessagePart, { readonly type: 'image' | 'file' | 'audio' }>;

/** An image, a file or a sound as a part of a message. */
export function toFile(part: MediaPart, dialect: Dialect): Readonly<Record<string, unknown>> {
  const filename = part.type === 'file' && part.filename !== null ? { filename: part.filename } : {};
  return { mediaType: mediaTypeOf(part), data: toData(part, dialect), ...filename };
}

/** Version 4 says of data what it is; before it, that was told by its type. */
function toData(part: MediaPart, dialect: Dialect): unknown {
  const { data } = part;
  const address = toAddress(part, dialect);
  if (dialect.version !== 'v4') return address ?? data;
  return address === null ? { type: 'data', data } : { type: 'url', url: address };
}

/** Only an address that the package passes on: what it does not, the AI SDK would fetch, and the gateway fetches nothing for a caller. */
function toAddress(part: MediaPart, { takesUrl }: Dialect): URL | null {
  if (part.url === null) return null;
  const address = URL.parse(part.url);
  if (address === null) throw new GatewayError('INVALID_REQUEST', 'The url of a part is no absolute address.');
  if (takesUrl(mediaTypeOf(part), part.url)) return address;
  throw new GatewayError('UNSUPPORTED_PARAMETER', `This provider does not take the address of this ${part.type}, but may take its data.`, {
    details: { parameter: `${part.type}.url` },
  });
}

/** The same in the result of a tool, where each version has words of its own. */
export function toResultFile(part: MediaPart, dialect: Dialect): Readonly<Record<string, unknown>> {
  const mediaType = mediaTypeOf(part);
  if (dialect.version === 'v4') return { type: 'file', ...toFile(part, dialect) };
  const address = toAddress(part, dialect);
  if (dialect.version === 'v3') {
    const kind = part.type === 'image' ? 'image' : 'file';
    return address === null ? { type: `${kind}-data`, data: part.data, mediaType } : { type: `${kind}-url`, url: address.href };
  }
  if (address === null) return { type: 'media', data: part.data, mediaType };
  throw new GatewayError('UNSUPPORTED_PARAMETER', 'This provider takes no addresses in the results of tools.', {
    details: { parameter: 'toolResult.parts' },
  });
}

/** Names of sounds that are not their media types' own. */
const audioTypes: Readonly<Record<string, string>> = { mp3: 'audio/mpeg' };

function mediaTypeOf(part: MediaPart): string {
  if (part.mediaType !== null) return part.mediaType;
  if (part.type === 'audio') return part.format === null ? 'audio/*' : (audioTypes[part.format] ?? `audio/${part.format}`);
  if (part.type === 'image') return 'image/*';
  throw new GatewayError('INVALID_REQUEST', 'A file part needs its mediaType for this provider.');
}
