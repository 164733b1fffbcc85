import type { OutputMedia } from '../domain/completion.ts';
import type { MessagePart } from '../domain/message.ts';

type MediaPart = Extract<MessagePart, { readonly type: 'image' | 'audio' }>;

/** What a model made beside words, as parts of its message: each picture, and the pieces of its sound as one. */
export function joinMedia(media: readonly OutputMedia[]): readonly MediaPart[] {
  const images = media.filter(({ type }) => type === 'image').map(({ mediaType, data }) => image(mediaType, data));
  const sounds = media.filter(({ type }) => type === 'audio');
  const [first] = sounds;
  if (first === undefined) return images;
  // Each piece is whole bytes, so it may end in padding: joining the texts would not do.
  const bytes = Buffer.concat(sounds.map(({ data }) => Buffer.from(data, 'base64')));
  return [...images, audio(first.mediaType, bytes.toString('base64'))];
}

function image(mediaType: string, data: string): MediaPart {
  return { type: 'image', url: null, data, mediaType, detail: null };
}

function audio(mediaType: string, data: string): MediaPart {
  return { type: 'audio', url: null, data, mediaType, format: null };
}
