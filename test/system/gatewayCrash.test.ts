import { beforeEach, describe, it } from 'vitest';
import { whyNot } from '../support/database.ts';
import { expectExactBooks } from '../support/killBooks.ts';
import { killInALoop, killWorlds } from '../support/killRounds.ts';

/** Each engine and each kind of log once; all of them, and fifty kills each, before a release. */
const worlds = killWorlds.filter(({ engine, wal }) => (engine === 'EMBEDDED') === (wal === 'file'));

describe.each(worlds)('a gateway on $engine with its log in the $wal, killed again and again', (world) => {
  beforeEach(async ({ skip }) => {
    const reason = await whyNot(world.engine);
    if (reason !== null) skip(reason);
  });

  it('books what the provider generated to the nanodollar, what was cut at its hold, and nothing twice', async () => {
    expectExactBooks(await killInALoop(world, { rounds: 2, answers: 80, parallel: 20 }));
  });
});
