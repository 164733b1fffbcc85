import { beforeEach, describe, it } from 'vitest';
import { whyNot } from '../support/database.ts';
import { expectExactBooks } from '../support/killBooks.ts';
import { killInALoop, killWorlds } from '../support/killRounds.ts';

describe.each(killWorlds)('a gateway on $engine with its log in the $wal, killed fifty times', (world) => {
  beforeEach(async ({ skip }) => {
    const reason = await whyNot(world.engine);
    if (reason !== null) skip(reason);
  });

  it('books what the provider generated to the nanodollar, what was cut at its hold, and nothing twice', async () => {
    expectExactBooks(await killInALoop(world, { rounds: 50, answers: 150, parallel: 40 }));
  });
});
