import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { createProvider } from '../../src/providers/registry.ts';
import { createClock } from '../../src/system/clock.ts';
import type { FormatAnswer } from '../conformance/format.ts';
import { describeProvider } from '../conformance/provider.ts';
import { answers, refusals } from '../providers/openaiChat/fixtures.ts';
import { recordings } from '../providers/openaiChat/recordings.ts';
import { settingsOf } from '../support/providerCall.ts';
import { sharedFolder } from '../support/sharedFolder.ts';

const recorded = sharedFolder('recordings');

/** The recorded chunks as a stream again, with the provider's own line ends. */
function readRecordings(folder: string): readonly FormatAnswer[] {
  return recordings.map(({ file, kin, lineEnd, says, textLength }) => {
    const lines = readFileSync(resolve(folder, `${file}.chunks.txt`), 'utf8').split('\n');
    const chunks = lines.filter((line) => line !== '').map((line) => `data: ${line}${lineEnd}${lineEnd}`);
    const body = Buffer.from([...chunks, `data: [DONE]${lineEnd}${lineEnd}`].join(''));
    const text: unknown = expect.toSatisfy((value: string) => value.length === textLength, `a text of ${textLength} characters`);
    // A matcher stands where the text does, which is too long to be written here.
    return {
      name: `${file} (recorded)`,
      kin,
      streamed: true,
      contentType: 'text/event-stream',
      body,
      says: { text: text as string, ...says },
    };
  });
}

it.skipIf(recorded === null)('has recorded streams of real providers to replay', () => {
  expect(readRecordings(recorded ?? '')).toHaveLength(recordings.length);
});

describeProvider({
  folder: 'openaiChat',
  create: (baseUrl, kin) => createProvider(settingsOf({ baseUrl, kin: kin ?? null }), { clock: createClock() }),
  answers: [...answers, ...(recorded === null ? [] : readRecordings(recorded))],
  refusals,
  malformedEvent: 'data: {"choices":[\n\n',
  endlessEvent: 'data: {"choices":[{"delta":{"content":"',
});
