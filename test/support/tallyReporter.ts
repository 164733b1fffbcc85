import { existsSync, readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Reporter, TestCase, TestModule, TestSuite, Vitest } from 'vitest/node';

/** `describe('format openaiChat', …)` in the conformance suite of the providers: the word after it is the folder in src/providers. */
const formatTitle = /^format (\S+)$/;

export interface Tally {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: readonly string[];
  /** Cases that ran, by wire format. */
  readonly formats: ReadonlyMap<string, number>;
}

/**
 * The last word of a test run: what was skipped and why, how many conformance cases each wire format ran, and `N passed, N failed` alone on a line.
 * A whole run in which a shipped format ran no case fails.
 */
export function createTallyReporter(): Reporter {
  let vitest: Vitest | undefined;
  let whole = false;
  return {
    onInit(started) {
      vitest = started;
    },
    async onTestRunStart(specifications) {
      const all = await vitest?.globTestSpecifications();
      whole = vitest?.config.mode !== 'long' && vitest?.config.testNamePattern === undefined && specifications.length === all?.length;
    },
    onTestRunEnd(modules, unhandledErrors) {
      const tally = countTests(modules, unhandledErrors.length);
      const untested = whole ? shippedFormats().filter((format) => !tally.formats.has(format)) : [];
      if (untested.length > 0) process.exitCode = 1;
      process.stdout.write(`${tallyLines(tally, untested).join('\n')}\n`);
    },
  };
}

export function countTests(modules: readonly TestModule[], unhandledErrors: number): Tally {
  const cases = modules.flatMap((module) => [...module.children.allTests()]);
  const ran = cases.filter((test) => test.result().state !== 'skipped');
  const failed = ran.filter((test) => test.result().state === 'failed').length;
  // A file or a hook that throws fails without a failing case: each counts as one.
  const groups = modules.flatMap((module) => [module, ...module.children.allSuites()]);
  const broken = groups.filter((group) => group.errors().length > 0).length;
  const formats = new Map<string, number>();
  for (const test of ran) {
    const format = formatOf(test);
    if (format !== undefined) formats.set(format, (formats.get(format) ?? 0) + 1);
  }
  return {
    passed: ran.filter((test) => test.result().state === 'passed').length,
    failed: failed + broken + unhandledErrors,
    skipped: cases.filter((test) => test.result().state === 'skipped').map(skipLine),
    formats,
  };
}

export function tallyLines(tally: Tally, untested: readonly string[]): readonly string[] {
  const failed = tally.failed + untested.length;
  return [
    '',
    ...tally.skipped.map((line) => `skipped: ${line}`),
    ...[...tally.formats].sort().map(([format, cases]) => `format ${format}: ${cases} cases`),
    ...untested.map((format) => `format ${format}: no case ran, though src/providers/${format} ships`),
    `${tally.passed} passed, ${failed} failed${tally.skipped.length > 0 ? `, ${tally.skipped.length} skipped` : ''}`,
  ];
}

function skipLine(test: TestCase): string {
  const result = test.result();
  const note = result.state === 'skipped' ? result.note : undefined;
  return `${test.module.relativeModuleId} > ${test.fullName}${note === undefined ? '' : ` (${note})`}`;
}

function formatOf(test: TestCase): string | undefined {
  for (let parent: TestSuite | TestModule = test.parent; parent.type === 'suite'; parent = parent.parent) {
    const format = formatTitle.exec(parent.name)?.[1];
    if (format !== undefined) return format;
  }
  return undefined;
}

/** Every folder of src/providers with an adapter speaks a wire format. */
function shippedFormats(): readonly string[] {
  const providers = resolve(import.meta.dirname, '../../src/providers');
  if (!existsSync(providers)) return [];
  return readdirSync(providers).filter((name) => existsSync(resolve(providers, name, 'adapter.ts')));
}
