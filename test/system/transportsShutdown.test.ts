import { once } from 'node:events';
import { Agent, get } from 'node:http';
import { expect, test } from 'vitest';
import { adminHeader, openStreamWorld, openWorld, post } from '../server/serverWorld.ts';
import { openAcknowledged, subscribeMessage } from '../server/socketClient.ts';
import { eventsOf } from '../support/things.ts';

const input = '{ model: "sandbox/chat", messages: [{ role: USER, content: "Hello" }] }';
const stream = `subscription { completionStream(input: ${input}) { __typename } }`;

/** Hooks that write down what is asked of them; draining ends when the test says so. */
function hooks() {
  const asked: string[] = [];
  const drained = Promise.withResolvers<void>();
  const draining = Promise.withResolvers<void>();
  const shutdown = {
    stopAdmitting: () => void asked.push('stopAdmitting'),
    drain(ms: number) {
      asked.push(`drain ${ms}`);
      draining.resolve();
      return drained.promise;
    },
  };
  return { asked, shutdown, draining: draining.promise, endDraining: drained.resolve };
}

test('streams end first, then sockets are told that the gateway goes', async () => {
  const { asked, shutdown, draining, endDraining } = hooks();
  await using world = await openStreamWorld({ options: { shutdown } });
  const { send, next, closed } = await openAcknowledged(world);
  send(subscribeMessage('1', stream));
  await world.reading(1);
  const ended = world.server.close({ drainMs: 10_000 });
  await draining;
  expect(asked).toEqual(['stopAdmitting', 'drain 10000']);
  world.events.append(...eventsOf('Hello'));
  world.events.end();
  const seen = [await next(), await next(), await next(), await next()];
  expect(seen).toMatchObject([{ type: 'next' }, { type: 'next' }, { type: 'next' }, { type: 'complete' }]);
  endDraining();
  expect(await closed).toEqual({ code: 1001, reason: 'The gateway is shutting down.' });
  await ended;
  await expect(post(world.url, { query: '{ __typename }' })).rejects.toThrow();
});

test('it is not ready as soon as it goes, on the connections that are left', async () => {
  const { shutdown, draining, endDraining } = hooks();
  await using world = await openWorld({ options: { shutdown } });
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const unfinished = get(world.url, { agent, headers: { authorization: adminHeader, accept: 'text/event-stream' } });
  const [first] = await once(unfinished, 'response');
  expect(first.statusCode).toBe(400);
  const readyz = get(`${world.server.url}/readyz`, { agent });
  const ended = world.server.close({ drainMs: 1000 });
  first.resume();
  await draining;
  const answer = once(readyz, 'response').then(([{ statusCode, headers }]) => [statusCode, headers.connection]);
  await expect(answer.catch(() => 'refused')).resolves.toBeOneOf([[503, 'close'], 'refused']);
  endDraining();
  agent.destroy();
  await ended;
});

test('who does not go is cut off', async () => {
  await using world = await openStreamWorld();
  const { socket, send } = await openAcknowledged(world);
  send(subscribeMessage('1', stream));
  await world.reading(1);
  socket.pause();
  const ended = world.server.close({ drainMs: 0 });
  // First what runs is waited for, then the socket.
  await world.clock.advance(1000);
  expect(await world.left()).toBe('CUT');
  await world.clock.advance(1000);
  await ended;
  socket.terminate();
});

test('closing twice is closing once', async () => {
  const { asked, shutdown, endDraining } = hooks();
  await using world = await openWorld({ options: { shutdown } });
  const both = [world.server.close({ drainMs: 5 }), world.server.close({ drainMs: 5 })];
  endDraining();
  await Promise.all(both);
  expect(asked).toEqual(['stopAdmitting', 'drain 5']);
});
