import { beforeEach, describe, expect, it } from 'vitest';
import { oneBookedCall } from '../support/bookedCalls.ts';
import { gapless, readStream, sequencesOf, streamDocument, terminalOf, textOf } from '../support/completionEvents.ts';
import { createTestDatabase, whyNot } from '../support/database.ts';
import type { GraphPlace } from '../support/httpGraph.ts';
import { ask, askWell, codeOf } from '../support/httpGraph.ts';
import { createDocument as create, keyedInput as input, openReplicas } from '../support/replicas.ts';
import { openStreamClient } from '../support/streamClient.ts';

beforeEach(async ({ skip }) => {
  const reason = await whyNot('POSTGRES');
  if (reason !== null) skip(reason);
});

describe('one idempotency key on two replicas of one database', () => {
  it('at once is one call, one row and one text', async () => {
    await using database = await createTestDatabase('POSTGRES');
    await using replicas = await openReplicas(database);
    const [one, two] = replicas.places;
    const places = [one, two, one, two];
    const answers = await Promise.all(places.map((place) => askWell(place, create, { input })));
    for (const answer of answers) expect(answer).toEqual(answers[0]);
    for (const place of replicas.places)
      expect(await oneBookedCall(place)).toMatchObject({ id: answers[0].createCompletion.id, state: 'SUCCEEDED' });
    expect(codeOf(await ask(two, create, { variables: { input: { ...input, maxOutputTokens: 9 } } }))).toBe('IDEMPOTENCY_CONFLICT');
  });

  it('gives a stream on the one to a reader of the other, when it has ended', async () => {
    await using database = await createTestDatabase('POSTGRES');
    await using replicas = await openReplicas(database);
    const read = async (place: GraphPlace) => {
      await using client = openStreamClient(place);
      return await readStream(client, { query: streamDocument, variables: { input } });
    };
    const [left, right] = await Promise.all(replicas.places.map(read));
    expect(right).toEqual(left);
    expect(sequencesOf(right ?? [])).toEqual(gapless(right?.length ?? 0));
    expect(textOf(right ?? [])).toBe(terminalOf(right ?? []).completion.text);
    await oneBookedCall(replicas.places[0]);
  });
});
