import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAiSdk } from '../../../src/providers/aiSdk/adapter.ts';
import { isPackageName } from '../../../src/providers/aiSdk/packageName.ts';
import { collect, errorOf, neverAborted } from '../../support/collect.ts';
import { foldAnswer } from '../../support/foldAnswer.ts';
import { createManualClock } from '../../support/manualClock.ts';
import { callOf, settingsOf } from '../../support/providerCall.ts';
import type { TemporaryFolder } from '../../support/temporaryFolder.ts';
import { temporaryFolder } from '../../support/temporaryFolder.ts';
import { until } from '../../support/until.ts';

const finish =
  "{ type: 'finish', finishReason: { unified: 'stop', raw: 'end' }, usage: { inputTokens: { total: 3 }, outputTokens: { total: 2 } } }";

/** A model that says what its maker was given. */
const maker = (version: string) => `
export function createFake(settings) {
  const said = JSON.stringify({ ...settings, fetch: typeof settings.fetch });
  const parts = [{ type: 'text-start', id: '1' }, { type: 'text-delta', id: '1', delta: said }, { type: 'text-end', id: '1' }, ${finish}];
  const stream = () => new ReadableStream({ start(controller) { for (const part of parts) controller.enqueue(part); controller.close(); } });
  const model = { specificationVersion: '${version}', async doStream() { return { stream: stream() }; }, async doGenerate() {} };
  return { languageModel: () => model };
}`;

const packages: Readonly<Record<string, { readonly manifest?: object; readonly source: string }>> = {
  good: { source: maker('v4') },
  '@scope/good': { manifest: { exports: { '.': { types: './index.d.ts', import: './index.js' } } }, source: maker('v3') },
  old: { manifest: { exports: { require: './none.cjs', default: './index.js' } }, source: maker('v2') },
  ancient: { source: maker('v1') },
  'no-maker': { source: 'export const version = 1;' },
  'two-makers': { source: `${maker('v4')}\nexport function createOther() { return {}; }` },
  'no-models': { source: 'export const createNothing = () => ({});' },
  'no-provider': { source: 'export const createNothing = () => undefined;' },
  'odd-models': { source: "export const createOdd = () => ({ languageModel: () => ({ specificationVersion: 'v4' }) });" },
  deaf: {
    source: `export const createDeaf = () => ({ languageModel: () => ({
      specificationVersion: 'v4', doGenerate: () => new Promise(() => {}),
      async doStream() { return { stream: new ReadableStream({ cancel() { globalThis.deafCancelled = true; } }) }; } }) });`,
  },
  vectors: {
    source: `export const createVectors = () => ({ embeddingModel: () => ({
      specificationVersion: 'v3', maxEmbeddingsPerCall: Promise.resolve(2),
      async doEmbed({ values }) { return { embeddings: values.map((value) => [Number(value)]), usage: { tokens: values.length } }; } }) });`,
  },
  throwing: { source: "throw new Error('my secret sk-123');" },
  'throwing-maker': { source: "export function createThrowing() { throw new Error('my secret sk-123'); }" },
};

async function install(
  folder: string,
  name: string,
  { manifest = { main: './index.js' }, source }: (typeof packages)[string],
): Promise<void> {
  const home = join(folder, 'node_modules', name);
  await mkdir(home, { recursive: true });
  await writeFile(join(home, 'package.json'), JSON.stringify({ name, type: 'module', ...manifest }));
  await writeFile(join(home, 'index.js'), source);
}

describe('a package', () => {
  let folder: TemporaryFolder;
  const open = (options: Readonly<Record<string, string>>, more: Parameters<typeof settingsOf>[0] = {}) =>
    createAiSdk(settingsOf({ format: 'ai-sdk', options, ...more }), { clock: createManualClock(), packageFolder: folder.path });
  const complete = async (options: Readonly<Record<string, string>>, more: Parameters<typeof settingsOf>[0] = {}) => {
    await using adapter = open(options, more);
    return foldAnswer(await collect(adapter.complete(callOf(), neverAborted)));
  };

  beforeAll(async () => {
    folder = temporaryFolder();
    await Promise.all(Object.entries(packages).map(([name, row]) => install(folder.path, name, row)));
  });
  afterAll(() => folder.remove());

  it.each(['good', '@scope/good', 'old'])('answers from the folder where the gateway runs: %s', async (name) => {
    expect(await complete({ package: name })).toMatchObject({ reason: 'STOP', usage: { inputTokens: 3, outputTokens: 2 } });
  });

  it('is given the settings of its provider and a way into the network, and nothing that is not set', async () => {
    const { text } = await complete(
      { package: 'good', maker: 'createFake', region: 'eu' },
      { apiKey: 'sk', headers: { a: 'b' }, credentials: { secret: 's' } },
    );
    expect(JSON.parse(text)).toEqual({
      apiKey: 'sk',
      baseURL: 'http://127.0.0.1:9/v1',
      headers: { a: 'b' },
      secret: 's',
      region: 'eu',
      fetch: 'function',
    });
    expect(JSON.parse((await complete({ package: 'good' }, { baseUrl: '' })).text)).toEqual({ fetch: 'function' });
  });

  it.each([
    ['missing', {}, /its package missing is not installed where the gateway runs \(npm install missing\)/],
    ['ancient', {}, /follows the specification v1; known are v2, v3, v4/],
    ['no-maker', {}, /options\.maker must name the function .* exports none that begins with "create"/],
    ['two-makers', {}, /options\.maker must name the function .* exports several: createFake, createOther/],
    ['two-makers', { maker: 'createThird' }, /exports no function createThird/],
    ['no-models', {}, /has no languageModel/],
    ['good', { model: 'chat' }, /has no chat/],
    ['no-provider', {}, /makes no provider/],
    ['odd-models', {}, /makes no models/],
    ['throwing', {}, /cannot be loaded/],
    ['throwing-maker', {}, /does not take its settings/],
  ])('that is of no use is told in a sentence: %s %o', async (name, options, message) => {
    const error = await errorOf(complete({ package: name, ...options }));
    expect(error).toMatchObject({ code: 'UPSTREAM_REFUSED', message: expect.stringMatching(message), details: { reason: 'PACKAGE' } });
    expect(JSON.stringify([error instanceof Error && error.message, error instanceof Error && error.cause])).not.toContain('sk-123');
  });

  it('may be installed after it was missed', async () => {
    await using adapter = open({ package: 'late' });
    expect(await errorOf(collect(adapter.complete(callOf(), neverAborted)))).toMatchObject({ code: 'UPSTREAM_REFUSED' });
    await install(folder.path, 'late', { source: maker('v4') });
    expect(foldAnswer(await collect(adapter.complete(callOf(), neverAborted))).reason).toBe('STOP');
  });

  it('is not loaded before the first call', async () => {
    await using adapter = open({ package: 'throwing' });
    expect(await adapter.listModels(neverAborted)).toEqual([]);
  });

  it.each([true, false])('that does not listen is left all the same (streamed: %s)', async (streamed) => {
    await using adapter = open({ package: 'deaf' });
    const abort = new AbortController();
    const outcome = errorOf(collect(adapter.complete(callOf({ streamed }), abort.signal)));
    await new Promise(setImmediate);
    abort.abort(new Error('gone'));
    expect(await outcome).toBe(abort.signal.reason);
    const iterator = adapter.complete(callOf({ streamed }), neverAborted)[Symbol.asyncIterator]();
    const waiting = iterator.next();
    await new Promise(setImmediate);
    await iterator.return?.();
    expect(await waiting).toEqual({ done: true, value: undefined });
    if (streamed) await until('the stream is cancelled', () => 'deafCancelled' in globalThis);
  });

  it('makes vectors of more texts than it takes at once', async () => {
    await using adapter = open({ package: 'vectors' });
    const { id, offer } = callOf();
    const call = { id, offer, inputs: ['1', '2', '3', '4', '5'], dimensions: null, endUser: null, providerOptions: {} };
    const { vectors, usage } = await adapter.embed(call, neverAborted);
    expect(vectors.map(([value]) => value)).toEqual([1, 2, 3, 4, 5]);
    expect(usage.inputTokens).toBe(5);
    // Version 3 has no place for them.
    expect(await errorOf(adapter.embed({ ...call, dimensions: 1 }, neverAborted))).toMatchObject({ code: 'UNSUPPORTED_PARAMETER' });
  });

  it('has to be named', () => {
    expect(() => open({})).toThrow(expect.objectContaining({ code: 'INVALID_REQUEST' }));
    expect(() => open({ package: '../evil' })).toThrow(expect.objectContaining({ code: 'INVALID_REQUEST' }));
  });
});

describe('isPackageName', () => {
  it.each(['@ai-sdk/openai', 'ollama-ai-provider-v2', 'a'])('takes %s', (name) => {
    expect(isPackageName(name)).toBe(true);
  });

  it.each([
    '',
    '.',
    '..',
    './a',
    '../a',
    '/a',
    'a/b',
    '@a',
    '@a/b/c',
    'a b',
    'file:a',
    'https://a.example',
    'data:text/javascript,1',
    'fs',
    'node:fs',
    'A',
    '@a/..',
    `a${'b'.repeat(300)}`,
  ])('refuses %s', (name) => {
    expect(isPackageName(name)).toBe(false);
  });
});
