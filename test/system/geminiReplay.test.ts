import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { createProvider } from '../../src/providers/registry.ts';
import { createClock } from '../../src/system/clock.ts';
import type { FormatAnswer, FormatRefusal } from '../conformance/format.ts';
import { describeProvider } from '../conformance/provider.ts';
import { answers, refusals } from '../providers/gemini/fixtures.ts';
import { recordings } from '../providers/gemini/recordings.ts';
import { settingsOf } from '../support/providerCall.ts';
import { sharedFolder } from '../support/sharedFolder.ts';

const recorded = sharedFolder('recordings');

/** The recorded chunks as a stream again, with the provider's line ends. */
function readRecordings(folder: string): readonly FormatAnswer[] {
  return recordings.map(({ file, says }) => {
    const lines = readFileSync(resolve(folder, `${file}.chunks.txt`), 'utf8').split('\n');
    const chunks = lines.filter((line) => line !== '').map((line) => `data: ${line}\r\n\r\n`);
    return { name: `${file} (recorded)`, streamed: true, contentType: 'text/event-stream', body: Buffer.from(chunks.join('')), says };
  });
}

function recordedRefusal(folder: string): FormatRefusal {
  const body = readFileSync(resolve(folder, 'google__google-429-retry-info.json'), 'utf8');
  const details = { provider: 'upstream', status: 429 };
  const answer = { status: 429, headers: { 'content-type': 'application/json' }, body };
  return { name: 'a recorded rate limit', answer, code: 'UPSTREAM_RATE_LIMITED', retryAfterMs: 34_400, details };
}

it.skipIf(recorded === null)('has recorded streams of the provider to replay', () => {
  expect(readRecordings(recorded ?? '')).toHaveLength(recordings.length);
});

describeProvider({
  folder: 'gemini',
  create: (baseUrl) => createProvider(settingsOf({ baseUrl, format: 'gemini' }), { clock: createClock() }),
  answers: [...answers, ...(recorded === null ? [] : readRecordings(recorded))],
  refusals: [...refusals, ...(recorded === null ? [] : [recordedRefusal(recorded)])],
  malformedEvent: 'data: {"candidates":[\r\n\r\n',
  endlessEvent: 'data: {"candidates":[{"content":{"parts":[{"text":"',
});
