/** 100,000 mutated streams through the readers of all formats: `npm run fuzz:providers [cases] [seed]`. Never a hang, a crash or a success that is none. */
import { fuzzFormat } from '../test/support/providerFuzz.ts';
import { streamFormats } from '../test/support/providerReaders.ts';

const [cases = 100_000, seed = 1] = process.argv.slice(2).map(Number);
const each = Math.ceil(cases / streamFormats.length);
for (const format of streamFormats) {
  const since = performance.now();
  const { succeeded, refused } = fuzzFormat(format, { cases: each, seed });
  const micros = Math.round(((performance.now() - since) * 1000) / each);
  process.stdout.write(
    `${format.folder}: ${each} cases, ${succeeded} read to their end, ${refused} refused, ${micros} microseconds each\n`,
  );
}
