import { beforeEach, describe, expect, it } from 'vitest';
import { readStream, streamDocument } from '../support/completionEvents.ts';
import { createTestDatabase, whyNot } from '../support/database.ts';
import { ask, askWell, codeOf } from '../support/httpGraph.ts';
import { createDocument as create, keyedInput as input, openReplicas } from '../support/replicas.ts';
import { openStreamClient } from '../support/streamClient.ts';

beforeEach(async ({ skip }) => {
  const reason = await whyNot('POSTGRES');
  if (reason !== null) skip(reason);
});

describe('one idempotency key on two replicas of one database', () => {
  it('is OUTCOME_UNKNOWN on the other one when its owner is killed in the middle', { timeout: 60_000 }, async () => {
    await using database = await createTestDatabase('POSTGRES');
    await using replicas = await openReplicas(database);
    const [owner] = replicas.processes;
    await using client = openStreamClient(replicas.places[0]);
    const spoken = Promise.withResolvers<void>();
    const stream = readStream(client, {
      query: streamDocument,
      variables: { input },
      onEvent: ({ text }) => text !== undefined && spoken.resolve(),
    });
    stream.catch(() => undefined);
    await spoken.promise;
    await owner.kill('SIGKILL');
    for (const _time of [1, 2]) expect(codeOf(await ask(replicas.places[1], create, { variables: { input } }))).toBe('OUTCOME_UNKNOWN');
    expect(await askWell(replicas.places[1], '{ completions { nodes { id } } }')).toEqual({ completions: { nodes: [] } });
  });
});
