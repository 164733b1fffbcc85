import { describe, expect, it } from 'vitest';
import type { CompletionRequest } from '../../src/domain/completion.ts';
import type { MessagePart } from '../../src/domain/message.ts';
import { createEventLog } from '../support/eventLog.ts';
import { fakeGateway } from '../support/fakeGateway.ts';
import { createGraphClient, executors } from '../support/graphClient.ts';
import { completion } from '../support/things.ts';

const everyPart: readonly MessagePart[] = [
  { type: 'reasoning', text: 'Hm.', signature: 'abc' },
  { type: 'text', text: 'Let me look.' },
  { type: 'toolCall', id: '1', name: 'look', arguments: '{"where":"river"}' },
  { type: 'toolCall', id: '2', name: 'look', arguments: 'not quite JSON' },
  { type: 'image', url: 'https://example.com/a.png', data: null, mediaType: null, detail: 'AUTO' },
  { type: 'file', url: null, data: 'AAAA', mediaType: 'application/pdf', filename: 'a.pdf' },
  { type: 'audio', url: null, data: 'AAAA', mediaType: null, format: 'wav' },
  { type: 'toolResult', toolCallId: '1', isError: true, parts: [{ type: 'text', text: 'dry' }] },
  { type: 'refusal', text: 'No.' },
  { type: 'cacheControl', lifetime: 'ONE_HOUR' },
  { type: 'cacheControl', lifetime: null },
];

const source = `mutation ($input: CompletionInput!) { createCompletion(input: $input) { message { role content name parts {
  ... on TextPart { text }
  ... on ImagePart { image { url data mediaType detail } }
  ... on FilePart { file { url data mediaType filename } }
  ... on AudioPart { audio { url data mediaType format } }
  ... on ToolCallPart { toolCall { id name arguments } }
  ... on ToolResultPart { toolResult { toolCallId isError parts { ... on TextPart { text } } } }
  ... on ReasoningPart { reasoning { text signature } }
  ... on RefusalPart { refusal }
  ... on CacheControlPart { cacheControl { lifetime } }
} } } }`;

describe.each(executors)("an answer's message, $jit", (settings) => {
  it.each([
    ['text alone', [{ type: 'text', text: 'Hello.' } as const]],
    ['parts of every kind', everyPart],
    ['no parts at all but an empty text', [{ type: 'text', text: '' } as const]],
  ])('with %s goes back unchanged', async (_what, parts) => {
    const requests: CompletionRequest[] = [];
    const message = { role: 'ASSISTANT', name: null, parts } as const;
    const gateway = fakeGateway({
      completions: {
        async start(_caller, request) {
          requests.push(request);
          return { id: completion.id, answer: Promise.resolve({ ...completion, message }), subscribe: createEventLog<never>().cursor };
        },
      },
    });
    const { ask } = createGraphClient(gateway, settings);
    const hello = { role: 'USER', content: 'Hello' };
    const { data } = await ask({ source, variables: { input: { model: 'm', messages: [hello] } } });
    const { errors } = await ask({ source, variables: { input: { model: 'm', messages: [hello, data.createCompletion.message] } } });
    expect(errors).toBeUndefined();
    expect(requests[1]?.prompt.messages[1]).toEqual(message);
  });
});
