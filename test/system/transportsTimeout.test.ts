import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { defaultServerSettings } from '../../src/server/settings.ts';
import { openWorld } from '../server/serverWorld.ts';

const impatient = { timeouts: { ...defaultServerSettings.timeouts, headersMs: 50, requestMs: 100 } };

test.each([
  ['headers', 'POST /graphql HTTP/1.1\r\nhost: localhost\r\n'],
  ['a body', 'POST /graphql HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{'],
])('whoever never ends %s is not waited for', async (_, begun) => {
  await using world = await openWorld({ settings: impatient });
  const socket = connect(world.server.port, '127.0.0.1');
  socket.write(begun);
  const [answer] = await once(socket, 'data');
  expect(String(answer)).toMatch(/^HTTP\/1\.1 408 /);
  await once(socket, 'close');
});

test('an upgrade to a path or protocol that is not ours is refused, and its connection closed', async () => {
  await using world = await openWorld();
  const ask = async (path: string, upgrade: string) => {
    const socket = connect(world.server.port, '127.0.0.1');
    socket.write(
      `GET ${path} HTTP/1.1\r\nhost: localhost\r\nconnection: upgrade\r\nupgrade: ${upgrade}\r\nsec-websocket-version: 13\r\n\r\n`,
    );
    const [answer] = await once(socket, 'data');
    socket.destroy();
    return String(answer).slice(9, 12);
  };
  expect(await ask('/other', 'websocket')).toBe('404');
  // No key of the handshake.
  expect(await ask('/graphql', 'websocket')).toBe('400');
  expect(await ask('/healthz', 'h2c')).toBe('200');
});
