import type { SelfTime } from './read.ts';

const modulesShown = 20;
const functionsShown = 40;

function sumBy(times: readonly SelfTime[], key: (time: SelfTime) => string): readonly (readonly [string, number])[] {
  const sums = new Map<string, number>();
  for (const time of times) sums.set(key(time), (sums.get(key(time)) ?? 0) + time.milliseconds);
  return [...sums].toSorted(([, a], [, b]) => b - a);
}

function toLines(sums: readonly (readonly [string, number])[], all: number, shown: number): string {
  return sums
    .slice(0, shown)
    .map(
      ([name, milliseconds]) =>
        `${milliseconds.toFixed(1).padStart(9)} ms ${((100 * milliseconds) / all).toFixed(1).padStart(5)} %  ${name}`,
    )
    .join('\n');
}

/** Who used the time of one thread: modules first, then functions; waiting is left out. */
export function summarize(thread: string, times: readonly SelfTime[]): string {
  const all = times.reduce((sum, { milliseconds }) => sum + milliseconds, 0);
  if (all === 0) return `${thread}: idle.`;
  const modules = toLines(
    sumBy(times, ({ module }) => module),
    all,
    modulesShown,
  );
  const functions = toLines(
    sumBy(times, ({ module, place }) => `${place} [${module}]`),
    all,
    functionsShown,
  );
  return `${thread}: ${all.toFixed(0)} ms busy\n\nSelf time by module\n${modules}\n\nSelf time by function\n${functions}\n`;
}
