import type { FormatAnswer, FormatRefusal } from '../../conformance/format.ts';
import { framesOf, toFrame } from './frames.ts';

/**
 * Written from public documentation: https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ConverseStream.html, and its page on
 * errors, https://docs.aws.amazon.com/bedrock/latest/userguide/troubleshooting-api-error-codes.html. Events stand here and are framed by the test.
 */
const framesType = 'application/vnd.amazon.eventstream';
const begin = { messageStart: { role: 'assistant' } };
const said = (text: string, place = 0) => ({ contentBlockDelta: { contentBlockIndex: place, delta: { text } } });
const close = (place = 0) => ({ contentBlockStop: { contentBlockIndex: place } });
const stop = (stopReason: string) => ({ messageStop: { stopReason } });
const metadata = (usage: Readonly<Record<string, number>>) => ({ metadata: { usage, metrics: { latencyMs: 1 } } });
const plain = { inputTokens: 25, outputTokens: 17, totalTokens: 42 };
const words = [
  'Gr',
  'üezi',
  ' 👋',
  ' Welt',
  ': once',
  ' upon',
  ' a time',
  ' there',
  ' was',
  ' a',
  ' gateway',
  ' that',
  ' never',
  ' lied',
  '.',
];
const thought = (content: Readonly<Record<string, string>>) => ({
  contentBlockDelta: { contentBlockIndex: 0, delta: { reasoningContent: content } },
});
const use = (place: number, toolUseId: string, name: string) => ({
  contentBlockStart: { contentBlockIndex: place, start: { toolUse: { toolUseId, name } } },
});
const input = (place: number, text: string) => ({ contentBlockDelta: { contentBlockIndex: place, delta: { toolUse: { input: text } } } });

const measured = { basis: 'MEASURED', cachedInputTokens: null, cacheWriteTokens: null, reasoningTokens: null } as const;
const toolCalls = [
  { id: 'tooluse_a', name: 'weather', arguments: '{"city":"Zürich"}' },
  { id: 'tooluse_b', name: 'time', arguments: '{}' },
];

function stream(name: string, events: readonly Readonly<Record<string, unknown>>[], says: FormatAnswer['says']): FormatAnswer {
  return { name, streamed: true, contentType: framesType, body: framesOf(events), says };
}

export const answers: readonly FormatAnswer[] = [
  stream(
    'text',
    [
      begin,
      ...words.map((word) => said(word)),
      close(),
      stop('end_turn'),
      metadata({ ...plain, cacheReadInputTokens: 100, cacheWriteInputTokens: 30 }),
    ],
    {
      text: 'Grüezi 👋 Welt: once upon a time there was a gateway that never lied.',
      reason: 'STOP',
      // What was read from the cache and written to it is input, too. The report comes after the stop.
      usage: { ...measured, inputTokens: 155, cachedInputTokens: 100, cacheWriteTokens: 30, outputTokens: 17 },
    },
  ),
  stream(
    'tools',
    [
      begin,
      said('Okay.'),
      close(),
      use(1, 'tooluse_a', 'weather'),
      input(1, '{"city":'),
      input(1, '"Zürich"}'),
      close(1),
      use(2, 'tooluse_b', 'time'),
      close(2),
      metadata(plain),
      stop('tool_use'),
    ],
    { text: 'Okay.', toolCalls, reason: 'TOOL_CALLS', usage: { ...measured, inputTokens: 25, outputTokens: 17 } },
  ),
  stream(
    'thoughts',
    [
      begin,
      thought({ text: 'Hm. ' }),
      thought({ text: 'Yes.' }),
      thought({ signature: 'c2ln' }),
      close(),
      thought({ redactedContent: 'eHl6' }),
      said('Grüezi', 1),
      stop('max_tokens'),
      metadata(plain),
    ],
    { reasoning: 'Hm. Yes.', seals: ['bedrock:c2ln', 'bedrock:redacted:eHl6'], text: 'Grüezi', reason: 'LENGTH' },
  ),
  stream('filtered', [begin, said('Half'), stop('guardrail_intervened'), metadata(plain)], { text: 'Half', reason: 'CONTENT_FILTER' }),
  {
    name: 'whole',
    streamed: false,
    contentType: 'application/json',
    body: Buffer.from(
      JSON.stringify({
        output: {
          message: {
            role: 'assistant',
            content: [
              { reasoningContent: { reasoningText: { text: 'Two calls.', signature: 'c2ln' } } },
              { text: 'Let me see.' },
              { toolUse: { toolUseId: 'tooluse_a', name: 'weather', input: { city: 'Zürich' } } },
              { toolUse: { toolUseId: 'tooluse_b', name: 'time', input: {} } },
            ],
          },
        },
        stopReason: 'tool_use',
        usage: plain,
      }),
    ),
    says: { reasoning: 'Two calls.', seals: ['bedrock:c2ln'], text: 'Let me see.', toolCalls, reason: 'TOOL_CALLS' },
  },
];

const provider = 'upstream';

function refusal(
  name: string,
  status: number,
  rest: Omit<FormatRefusal, 'name' | 'answer'> & { readonly message?: string },
): FormatRefusal {
  const { message = 'Words of the provider that nobody else shall read.', details, ...expected } = rest;
  const headers = {
    'content-type': 'application/json',
    'x-amzn-errortype': `${name}:http://internal.amazon.com/coral/`,
    'x-amzn-requestid': 'r-1',
  };
  const answer = { status, headers, body: JSON.stringify({ message }) };
  return { name, answer, ...expected, details: { provider, status, providerRequestId: 'r-1', ...details } };
}

export const refusals: readonly FormatRefusal[] = [
  refusal('UnrecognizedClientException', 403, { code: 'UPSTREAM_REFUSED', details: { reason: 'KEY_REFUSED' } }),
  refusal('ThrottlingException', 429, { code: 'UPSTREAM_RATE_LIMITED' }),
  refusal('ServiceQuotaExceededException', 400, { code: 'UPSTREAM_REFUSED', details: { reason: 'QUOTA_SPENT' } }),
  refusal('ValidationException', 400, { code: 'CONTEXT_TOO_LONG', message: 'Input is too long for requested model.' }),
  refusal('ValidationException', 400, { code: 'INVALID_REQUEST' }),
  refusal('ModelTimeoutException', 408, { code: 'UPSTREAM_TIMEOUT' }),
  refusal('ServiceUnavailableException', 503, { code: 'UPSTREAM_UNAVAILABLE' }),
  ...(
    [
      ['throttlingException', 'UPSTREAM_RATE_LIMITED'],
      ['modelStreamErrorException', 'UPSTREAM_UNAVAILABLE'],
      ['validationException', 'INVALID_REQUEST'],
    ] as const
  ).map(([name, code]) => ({
    name: `${name} in the middle of a stream`,
    answer: {
      headers: { 'content-type': framesType },
      body: Buffer.concat([
        framesOf([begin, said('Half')]),
        toFrame(name, { message: 'Words of the provider that nobody else shall read.' }, 'exception'),
      ]),
    },
    code,
    details: { provider, status: 200 },
  })),
];
