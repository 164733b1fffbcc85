import type { ProviderEvent } from '../../src/domain/providerEvent.ts';
import { createInterpreter as anthropicMessages } from '../../src/providers/anthropicMessages/events.ts';
import { createInterpreter as bedrock } from '../../src/providers/bedrock/events.ts';
import { createFrameReader } from '../../src/providers/bedrock/frames.ts';
import { createInterpreter as cohere } from '../../src/providers/cohere/events.ts';
import { createInterpreter as gemini } from '../../src/providers/gemini/events.ts';
import { createInterpreter as ollama } from '../../src/providers/ollama/events.ts';
import { quirksOf } from '../../src/providers/openaiChat/quirks.ts';
import { createStreamReader as openaiChat } from '../../src/providers/openaiChat/reader.ts';
import { createInterpreter as openaiResponses } from '../../src/providers/openaiResponses/events.ts';
import { createAnswerReader, createStreamReader } from '../../src/providers/wire/answer.ts';
import { malformed } from '../../src/providers/wire/failure.ts';
import type { EventReader } from '../../src/providers/wire/stream.ts';
import { answers as anthropicAnswers } from '../providers/anthropicMessages/fixtures.ts';
import { answers as bedrockAnswers } from '../providers/bedrock/fixtures.ts';
import { answers as cohereAnswers } from '../providers/cohere/fixtures.ts';
import { answers as geminiAnswers } from '../providers/gemini/fixtures.ts';
import { answers as ollamaAnswers } from '../providers/ollama/fixtures.ts';
import { answers as openaiChatAnswers } from '../providers/openaiChat/fixtures.ts';
import { answers as openaiResponsesAnswers } from '../providers/openaiResponses/fixtures.ts';
import { callOf, settingsOf } from './providerCall.ts';

/** A format's reader of streams without a socket, and streams that it reads. */
export interface StreamFormat {
  readonly folder: string;
  open(): EventReader<ProviderEvent>;
  readonly streams: readonly Buffer[];
}

const peer = { id: settingsOf().id, name: 'Upstream' };
const callId = callOf().id;
const toError = () => malformed(peer, 'sent an error');
const asked = { callId, peer, choices: 1, warnings: [], schemaMethod: null, toError };
const events = { peer, bodyType: 'events', streamed: true } as const;

function streamsOf(answers: readonly { readonly streamed: boolean; readonly body: Uint8Array }[]): readonly Buffer[] {
  return answers.filter(({ streamed }) => streamed).map(({ body }) => Buffer.from(body));
}

export const streamFormats: readonly StreamFormat[] = [
  {
    folder: 'openaiChat',
    open: () => openaiChat({ ...asked, choices: 2, quirks: quirksOf(settingsOf()) }),
    streams: streamsOf(openaiChatAnswers),
  },
  {
    folder: 'openaiResponses',
    open: () => createAnswerReader(openaiResponses({ ...asked, tools: new Set(), untoldCap: null }), events),
    streams: streamsOf(openaiResponsesAnswers),
  },
  {
    folder: 'anthropicMessages',
    open: () => createAnswerReader(anthropicMessages({ ...asked, schemaTool: null }), events),
    streams: streamsOf(anthropicAnswers),
  },
  { folder: 'gemini', open: () => createAnswerReader(gemini(asked), events), streams: streamsOf(geminiAnswers) },
  { folder: 'cohere', open: () => createAnswerReader(cohere(asked), events), streams: streamsOf(cohereAnswers) },
  { folder: 'ollama', open: () => createAnswerReader(ollama(asked), { ...events, bodyType: 'lines' }), streams: streamsOf(ollamaAnswers) },
  {
    folder: 'bedrock',
    open: () => createStreamReader(bedrock({ ...asked, providerRequestId: null }), peer, (onEvent) => createFrameReader(peer, onEvent)),
    streams: streamsOf(bedrockAnswers),
  },
];
