import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { createProvider } from '../../src/providers/registry.ts';
import { createClock } from '../../src/system/clock.ts';
import type { FormatAnswer } from '../conformance/format.ts';
import { describeProvider } from '../conformance/provider.ts';
import { answers, refusals } from '../providers/cohere/fixtures.ts';
import { settingsOf } from '../support/providerCall.ts';
import { sharedFolder } from '../support/sharedFolder.ts';

const recorded = sharedFolder('recordings');
const measured = { basis: 'MEASURED', cachedInputTokens: null, cacheWriteTokens: null, reasoningTokens: null } as const;
const recordings = [
  {
    file: 'cohere__cohere-text',
    says: { text: 'The capital of France is Paris.', reason: 'STOP', usage: { ...measured, inputTokens: 12, outputTokens: 7 } },
  },
  {
    file: 'cohere__cohere-tool-call',
    says: {
      text: '',
      toolCalls: [
        { id: 'weather_e8p4pn45zt0t', name: 'weather', arguments: expect.stringContaining('location') as unknown as string },
        { id: 'cityAttractions_pyxssbwnq9fq', name: 'cityAttractions', arguments: expect.stringContaining('city') as unknown as string },
      ],
      reason: 'TOOL_CALLS',
      usage: { ...measured, inputTokens: 119, outputTokens: 44 },
    },
  },
] as const satisfies readonly (Pick<FormatAnswer, 'says'> & { readonly file: string })[];

/** The recorded events as a stream again, each with its name. */
function readRecordings(folder: string): readonly FormatAnswer[] {
  return recordings.map(({ file, says }) => {
    const lines = readFileSync(resolve(folder, `${file}.chunks.txt`), 'utf8').split('\n');
    const events = lines.filter((line) => line !== '').map((line) => `event: ${JSON.parse(line).type}\ndata: ${line}\n\n`);
    return { name: `${file} (recorded)`, streamed: true, contentType: 'text/event-stream', body: Buffer.from(events.join('')), says };
  });
}

it.skipIf(recorded === null)('has recorded streams of the provider to replay', () => {
  expect(readRecordings(recorded ?? '')).toHaveLength(recordings.length);
});

describeProvider({
  folder: 'cohere',
  create: (baseUrl) => createProvider(settingsOf({ baseUrl, format: 'cohere' }), { clock: createClock() }),
  answers: [...answers, ...(recorded === null ? [] : readRecordings(recorded))],
  refusals,
  malformedEvent: 'event: content-delta\ndata: {"type":\n\n',
  endlessEvent: 'event: content-delta\ndata: {"type":"content-delta","delta":{"message":{"content":{"text":"',
});
