import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { createProvider } from '../../src/providers/registry.ts';
import { createClock } from '../../src/system/clock.ts';
import type { FormatAnswer } from '../conformance/format.ts';
import { describeProvider } from '../conformance/provider.ts';
import { answers, refusals } from '../providers/anthropicMessages/fixtures.ts';
import { recordings } from '../providers/anthropicMessages/recordings.ts';
import { settingsOf } from '../support/providerCall.ts';
import { sharedFolder } from '../support/sharedFolder.ts';

const recorded = sharedFolder('recordings');

/** The recorded events as a stream again, each with its name. */
function readRecordings(folder: string): readonly FormatAnswer[] {
  return recordings.map(({ file, says, textLength }) => {
    const lines = readFileSync(resolve(folder, `${file}.chunks.txt`), 'utf8').split('\n');
    const events = lines.filter((line) => line !== '').map((line) => `event: ${JSON.parse(line).type}\ndata: ${line}\n\n`);
    const text: unknown = expect.toSatisfy((value: string) => value.length === textLength, `a text of ${textLength} characters`);
    return {
      name: `${file} (recorded)`,
      streamed: true,
      contentType: 'text/event-stream; charset=utf-8',
      body: Buffer.from(events.join('')),
      // A matcher stands where the text does, which is too long to be written here.
      says: { text: text as string, ...says },
    };
  });
}

it.skipIf(recorded === null)('has recorded streams of the provider to replay', () => {
  expect(readRecordings(recorded ?? '')).toHaveLength(recordings.length);
});

describeProvider({
  folder: 'anthropicMessages',
  create: (baseUrl) => createProvider(settingsOf({ baseUrl, format: 'anthropic-messages' }), { clock: createClock() }),
  answers: [...answers, ...(recorded === null ? [] : readRecordings(recorded))],
  refusals,
  malformedEvent: 'event: content_block_delta\ndata: {"type":\n\n',
  endlessEvent: 'event: content_block_delta\ndata: {"type":"content_block_delta","delta":{"text":"',
});
