import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { createProvider } from '../../src/providers/registry.ts';
import { createClock } from '../../src/system/clock.ts';
import type { FormatAnswer, FormatRefusal } from '../conformance/format.ts';
import { describeProvider } from '../conformance/provider.ts';
import { answers, refusals } from '../providers/openaiResponses/fixtures.ts';
import { recordings } from '../providers/openaiResponses/recordings.ts';
import { settingsOf } from '../support/providerCall.ts';
import { sharedFolder } from '../support/sharedFolder.ts';

const recorded = sharedFolder('recordings');
const contentType = 'text/event-stream; charset=utf-8';

/** The streams of a file, each event with its name. */
function readStreams(folder: string, file: string): readonly Buffer[] {
  const lines = readFileSync(resolve(folder, `${file}.chunks.txt`), 'utf8').split('\n');
  const streams: string[][] = [];
  for (const line of lines.filter((one) => one !== '').map(whole)) {
    const { type } = JSON.parse(line);
    if (type === 'response.created') streams.push([]);
    streams.at(-1)?.push(`event: ${type}\ndata: ${line}\n\n`);
  }
  return streams.map((events) => Buffer.from(events.join('')));
}

/** Two lines of a recording lack their last brace. */
function whole(line: string): string {
  try {
    JSON.parse(line);
    return line;
  } catch {
    return `${line}}`;
  }
}

function readRecordings(folder: string): readonly FormatAnswer[] {
  return recordings.map(({ file, place, says }) => {
    const body = readStreams(folder, file)[place] ?? Buffer.alloc(0);
    return { name: `${file} ${place} (recorded)`, streamed: true, contentType, body, says };
  });
}

function recordedFault(folder: string): FormatRefusal {
  const [body = Buffer.alloc(0)] = readStreams(folder, 'openai_responses__openai-error.1');
  const details = { provider: 'upstream', status: 200, reason: 'QUOTA_SPENT' };
  return {
    name: 'a recorded fault, told twice',
    answer: { headers: { 'content-type': contentType }, body },
    code: 'UPSTREAM_REFUSED',
    details,
  };
}

it.skipIf(recorded === null)('has recorded streams of the provider to replay', () => {
  expect(readRecordings(recorded ?? '')).toHaveLength(recordings.length);
});

describeProvider({
  folder: 'openaiResponses',
  create: (baseUrl) => createProvider(settingsOf({ baseUrl, format: 'openai-responses' }), { clock: createClock() }),
  answers: [...answers, ...(recorded === null ? [] : readRecordings(recorded))],
  refusals: [...refusals, ...(recorded === null ? [] : [recordedFault(recorded)])],
  malformedEvent: 'event: response.output_text.delta\ndata: {"type":\n\n',
  endlessEvent: 'event: response.output_text.delta\ndata: {"type":"response.output_text.delta","delta":"',
});
