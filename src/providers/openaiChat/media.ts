import type { Citation } from '../../domain/citation.ts';
import type { JsonObject } from '../../domain/json.ts';
import { isJsonObject } from '../../domain/json.ts';
import type { AnswerEvent } from '../../domain/providerEvent.ts';
import { readCount, readList, readObject, readText, readWord } from '../wire/json.ts';

type MediaEvent = Extract<AnswerEvent, { readonly type: 'text' | 'image' | 'audio' | 'citation' }>;

/**
 * What an answer has beside words: speech (https://platform.openai.com/docs/guides/audio), pictures as OpenRouter sends them
 * (https://openrouter.ai/docs/features/multimodal/image-generation), and where its words come from.
 */
export function readMedia(said: JsonObject): readonly MediaEvent[] {
  const audio = readObject(said['audio']);
  return [
    ...(audio === null ? [] : readAudio(audio)),
    ...readList(said['images']).flatMap(readImage),
    ...readList(said['annotations']).flatMap(readAnnotation),
  ];
}

/** What is spoken is said in words, too. A stream's sound is PCM, whatever was asked for else. */
function readAudio(audio: JsonObject): readonly MediaEvent[] {
  const transcript = readWord(audio['transcript']);
  const data = readWord(audio['data']);
  return [
    ...(transcript === null ? [] : [{ type: 'text' as const, text: transcript }]),
    ...(data === null ? [] : [{ type: 'audio' as const, mediaType: audioType(readWord(audio['format'])), data }]),
  ];
}

function audioType(format: string | null): string {
  return format === null || format === 'pcm16' ? 'audio/pcm' : `audio/${format}`;
}

const dataUrl = /^data:([^;,]+);base64,(.+)$/s;

function readImage(image: unknown): readonly MediaEvent[] {
  const match = dataUrl.exec(readText(readObject(readObject(image)?.['image_url'])?.['url']) ?? '');
  const [, mediaType, data] = match ?? [];
  return mediaType === undefined || data === undefined ? [] : [{ type: 'image', mediaType, data }];
}

function readAnnotation(annotation: unknown): readonly MediaEvent[] {
  const cited = isJsonObject(annotation) ? readObject(annotation['url_citation']) : null;
  return cited === null ? [] : [{ type: 'citation', citation: toCitation(cited) }];
}

function toCitation(cited: JsonObject): Citation {
  return {
    url: readWord(cited['url']),
    title: readWord(cited['title']),
    quote: readWord(cited['content']),
    start: readCount(cited['start_index']),
    end: readCount(cited['end_index']),
  };
}
