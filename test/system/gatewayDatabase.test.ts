import { execFileSync } from 'node:child_process';
import postgres from 'postgres';
import { beforeEach, expect, it } from 'vitest';
import { openAwayDatabase } from '../support/awayDatabase.ts';
import { callSome, callUntilRefused, expectBooked, refused, startStream, untilStatus } from '../support/awayTraffic.ts';
import { whyNot } from '../support/database.ts';

beforeEach(async ({ skip }) => {
  const reason = await whyNot('POSTGRES');
  if (reason !== null) skip(reason);
});

it('goes on within its leases while the database is away, refuses what is beyond, and books every call when it is back', async () => {
  await using away = await openAwayDatabase('file');
  const { user } = away;
  const ids = [...(await callSome(user, 3))];
  const { begun, ended } = startStream(user, 50);
  await begun;
  away.leave();
  await untilStatus(away, 503);
  const { errors: hidden } = await user.ask('{ completions { nodes { id } } }');
  expect(hidden).toMatchObject([{ extensions: refused }]);
  expect(JSON.stringify(hidden)).not.toMatch(/postgres|127\.0\.0\.1|stack/);
  const within = await callUntilRefused(user, away.limit);
  expect(within.ids.length).toBeGreaterThan(0);
  expect(within.errors).toMatchObject([{ extensions: refused }]);
  const end = await ended;
  expect(end?.__typename).toBe('CompletionFinished');
  ids.push(...within.ids, end?.completionId ?? '');

  away.comeBack();
  await untilStatus(away, 200);
  ids.push(...(await callSome(user, 3)));
  await expectBooked(away, ids);
});

it('begins no call while the database that has its ledger is away, and ends those under way when it is back', async () => {
  await using away = await openAwayDatabase('database');
  const { user } = away;
  const ids = [...(await callSome(user, 3))];
  const { begun, ended } = startStream(user, 50);
  await begun;
  away.leave();
  const { ids: none, errors } = await callUntilRefused(user, 1);
  expect([none, errors]).toMatchObject([[], [{ extensions: refused }]]);
  await untilStatus(away, 503);
  away.comeBack();
  const end = await ended;
  expect(end?.__typename).toBe('CompletionFinished');
  await untilStatus(away, 200);
  ids.push(end?.completionId ?? '', ...(await callSome(user, 3)));
  await expectBooked(away, ids);
});

it('ends itself when others took it for dead and have booked its calls', async () => {
  await using away = await openAwayDatabase('database');
  const { user, gateway } = away;
  await callSome(user, 1);
  const sql = postgres(away.databaseUrl, { max: 1 });
  await sql`update ledger_owners set gone = true`;
  expect(await callUntilRefused(user, 1)).toMatchObject({ ids: [], errors: [{ extensions: refused }] });
  expect(await gateway.exited).toEqual({ code: 1, signal: null });
  expect(gateway.logs()).toContain('took this one for dead');
  const [left] = await sql`select (select count(*) from ledger_owners) as owners, (select count(*) from open_calls) as calls`;
  await sql.end();
  expect(left).toEqual({ owners: '0', calls: '0' });
});

/** No file of the process may grow beyond so many bytes: to whoever writes, a full disk. The colon leaves the hard limit, so that it can be lifted. */
function limitFiles(pid: number, bytes: number | 'unlimited'): void {
  execFileSync('prlimit', ['--pid', String(pid), `--fsize=${bytes}:`]);
}

it.skipIf(process.platform !== 'linux')(
  'begins no call while its disk is full, loses none that it had, and goes on when there is room',
  async () => {
    await using away = await openAwayDatabase('file');
    const { user, gateway } = away;
    const ids = [...(await callSome(user, 3))];
    const { begun, ended } = startStream(user, 50);
    await begun;
    limitFiles(gateway.pid, 0);
    expect(await callUntilRefused(user, 1)).toMatchObject({ ids: [], errors: [{ extensions: refused }] });
    await untilStatus(away, 503);
    // The database is there, and has its end instead.
    const end = await ended;
    expect(end?.__typename).toBe('CompletionFinished');
    ids.push(end?.completionId ?? '');
    expect(gateway.logs()).toContain('The write-ahead log cannot be written');

    limitFiles(gateway.pid, 'unlimited');
    await untilStatus(away, 200);
    ids.push(...(await callSome(user, 3)));
    await expectBooked(away, ids);
  },
);
