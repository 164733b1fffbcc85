import { setTimeout as pause } from 'node:timers/promises';
import { beforeEach, expect, it } from 'vitest';
import { openAwayDatabase } from '../support/awayDatabase.ts';
import { callSome, callUntilRefused, expectBooked, refused, startStream, untilStatus } from '../support/awayTraffic.ts';
import { whyNot } from '../support/database.ts';

beforeEach(async ({ skip }) => {
  const reason = await whyNot('POSTGRES');
  if (reason !== null) skip(reason);
});

const awayMs = 30_000;

it('goes on within its leases for half a minute without the database, and books every call when it is back', async () => {
  await using away = await openAwayDatabase('file');
  const { user } = away;
  const ids = [...(await callSome(user, 3))];
  const { begun, ended } = startStream(user, 3000);
  await begun;
  away.leave();
  const back = pause(awayMs).then(away.comeBack);
  const within = await callUntilRefused(user, away.limit);
  expect(within.errors).toMatchObject([{ extensions: refused }]);
  const end = await ended;
  expect(end?.__typename).toBe('CompletionFinished');
  ids.push(...within.ids, end?.completionId ?? '');
  await back;
  await untilStatus(away, 200);
  ids.push(...(await callSome(user, 3)));
  await expectBooked(away, ids);
});

it('says that it cannot tell how a call ended whose end the database does not take for long, and books it all the same', async () => {
  await using away = await openAwayDatabase('database');
  const { user } = away;
  const ids = [...(await callSome(user, 3))];
  const { begun, ended } = startStream(user, 100);
  await begun;
  away.leave();
  const back = pause(awayMs).then(away.comeBack);
  const end = await ended;
  expect(end).toMatchObject({ __typename: 'CompletionFailed', error: { code: 'OUTCOME_UNKNOWN' } });
  expect((await callUntilRefused(user, 1)).errors).toMatchObject([{ extensions: refused }]);
  await back;
  await untilStatus(away, 200);
  ids.push(end?.completionId ?? '', ...(await callSome(user, 3)));
  await expectBooked(away, ids);
});
