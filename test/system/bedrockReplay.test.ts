import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createProvider } from '../../src/providers/registry.ts';
import { createClock } from '../../src/system/clock.ts';
import type { FormatAnswer } from '../conformance/format.ts';
import { describeProvider } from '../conformance/provider.ts';
import { answers, refusals } from '../providers/bedrock/fixtures.ts';
import { framesOf, toFrame, wholeFrames } from '../providers/bedrock/frames.ts';
import { collect, errorOf, neverAborted } from '../support/collect.ts';
import { foldAnswer } from '../support/foldAnswer.ts';
import { chunkedAnswer } from '../support/httpBytes.ts';
import { callOf, offerOf, settingsOf } from '../support/providerCall.ts';
import { startReplayServer } from '../support/replayServer.ts';
import { sharedFolder } from '../support/sharedFolder.ts';

const recorded = sharedFolder('recordings');
const contentType = 'application/vnd.amazon.eventstream';
const measured = { basis: 'MEASURED', cachedInputTokens: null, cacheWriteTokens: null, reasoningTokens: null } as const;
const recordings: readonly { readonly file: string; readonly says: FormatAnswer['says'] }[] = [
  { file: 'amazon-bedrock__amazon-bedrock-text', says: { reason: 'STOP', usage: { ...measured, inputTokens: 22, outputTokens: 55 } } },
  {
    file: 'amazon-bedrock__amazon-bedrock-tool-call.1',
    says: {
      toolCalls: [{ id: 'tool-use-id', name: 'test-tool', arguments: '{"value":"Sparkle Day"}' }],
      reason: 'TOOL_CALLS',
      usage: { ...measured, inputTokens: 125, outputTokens: 45 },
    },
  },
];

/** The recorded events in frames again. */
function readRecordings(folder: string): readonly FormatAnswer[] {
  return recordings.map(({ file, says }) => {
    const lines = readFileSync(resolve(folder, `${file}.chunks.txt`), 'utf8').split('\n');
    const body = framesOf(lines.filter((line) => line !== '').map((line) => JSON.parse(line)));
    return { name: `${file} (recorded)`, streamed: true, contentType, body, says };
  });
}

it.skipIf(recorded === null)('has recorded streams of the provider to replay', () => {
  expect(readRecordings(recorded ?? '')).toHaveLength(recordings.length);
});

describeProvider({
  folder: 'bedrock',
  create: (baseUrl) => createProvider(settingsOf({ baseUrl, format: 'bedrock' }), { clock: createClock() }),
  answers: [...answers, ...(recorded === null ? [] : readRecordings(recorded))],
  refusals,
  wholeEvents: wholeFrames,
  malformedEvent: corrupt(toFrame('contentBlockDelta', { delta: { text: 'x' } })),
  // A length that nobody believes.
  endlessEvent: Buffer.from([0x7f, 0xff, 0xff, 0xff, 0, 0, 0, 0, 0, 0, 0, 0]),
});

/** One bit of the payload is wrong, so that a checksum is. */
function corrupt(frame: Buffer): Buffer {
  const copy = Buffer.from(frame);
  copy[copy.length - 8] = (copy.at(-8) ?? 0) ^ 1;
  return copy;
}

describe('the binary frames', () => {
  it('are checked, each byte of them', async () => {
    await using server = await startReplayServer();
    await using adapter = createProvider(settingsOf({ baseUrl: server.url, format: 'bedrock' }), { clock: createClock() });
    const [first] = answers;
    const body = Buffer.from(first?.body ?? []);
    const whole = foldAnswer(await play(body));
    for (let at = 0; at < body.length; at += 37) {
      const flipped = Buffer.from(body);
      flipped[at] = (flipped[at] ?? 0) ^ 0x10;
      const heard = await play(flipped).catch((error: unknown) => error);
      expect(heard).toMatchObject({ code: 'UPSTREAM_MALFORMED' });
    }
    expect(whole.reason).toBe('STOP');

    async function play(bytes: Buffer) {
      server.play({ pieces: [chunkedAnswer({ 'content-type': contentType }, [bytes])], then: 'end' });
      return collect(adapter.complete(callOf(), neverAborted));
    }
  });
});

describe('a request', () => {
  it('is signed with all it says, or carries its key', async () => {
    await using server = await startReplayServer();
    server.play({ pieces: [chunkedAnswer({ 'content-type': contentType }, [answers[0]?.body ?? Buffer.alloc(0)])], then: 'keep' });
    const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret', sessionToken: 'session' };
    const options = { region: 'eu-west-1' };
    const offer = offerOf('anthropic.claude-3-5-sonnet-20240620-v1:0');
    await using signing = createProvider(settingsOf({ baseUrl: server.url, format: 'bedrock', credentials, options }), {
      clock: createClock(),
    });
    await collect(signing.complete(callOf({ offer }), neverAborted));
    const head = server.requests.at(-1)?.head ?? '';
    expect(head).toMatch(/^POST \/v1\/model\/anthropic\.claude-3-5-sonnet-20240620-v1%3A0\/converse-stream /);
    expect(head).toMatch(
      /^authorization: AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/\d{8}\/eu-west-1\/bedrock\/aws4_request, SignedHeaders=[\w;-]*host[\w;-]*, Signature=[0-9a-f]{64}$/im,
    );
    expect(head).toMatch(/^x-amz-security-token: session$/im);
    await using keyed = createProvider(settingsOf({ baseUrl: server.url, format: 'bedrock', apiKey: 'bedrock-key' }), {
      clock: createClock(),
    });
    await collect(keyed.complete(callOf({ offer }), neverAborted));
    expect(server.requests.at(-1)?.head).toMatch(/^authorization: Bearer bedrock-key$/im);
  });

  it('that cannot be sent is told', async () => {
    const audio = { type: 'audio', url: null, data: 'AAAA', mediaType: null, format: 'wav' } as const;
    await using adapter = createProvider(settingsOf({ format: 'bedrock' }), { clock: createClock() });
    const call = callOf();
    const messages = [{ role: 'USER', parts: [audio], name: null }] as const;
    const error = await errorOf(collect(adapter.complete({ ...call, prompt: { ...call.prompt, messages } }, neverAborted)));
    expect(error).toMatchObject({ code: 'UNSUPPORTED_PARAMETER' });
  });
});
