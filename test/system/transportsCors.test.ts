import { expect, test } from 'vitest';
import { adminHeader, openWorld, post } from '../server/serverWorld.ts';

const viewer = '{ viewer { scopes } }';
const admin = { authorization: adminHeader };

test.each([
  ['http://localhost:5173', false, 'http://localhost:5173'],
  ['http://127.0.0.1:5173', false, 'http://127.0.0.1:5173'],
  ['https://app.example.com', false, 'https://app.example.com'],
  ['https://app.example.com', true, 'https://app.example.com'],
  ['http://localhost:5173', true, null],
  ['https://evil.example.com', false, null],
  ['null', false, null],
])('a page at %s (production: %s) may read: %s', async (origin, production, allowed) => {
  await using world = await openWorld({ settings: { corsOrigins: ['https://app.example.com'] }, options: { production } });
  const preflight = await fetch(world.url, {
    method: 'OPTIONS',
    headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'authorization,content-type' },
  });
  expect(preflight.status).toBe(204);
  expect(preflight.headers.get('access-control-allow-origin')).toBe(allowed);
  expect(preflight.headers.get('access-control-max-age')).toBe(allowed === null ? null : '86400');
  expect(preflight.headers.get('access-control-allow-headers')).toBe(allowed === null ? null : 'authorization,content-type');
  const response = await post(world.url, { query: viewer }, { ...admin, origin });
  expect(response.headers.get('access-control-allow-origin')).toBe(allowed);
  expect(response.headers.get('vary')).toContain('Origin');
});

test('a refused request can be read by the page that made it', async () => {
  await using world = await openWorld();
  const response = await post(world.url, { query: viewer }, { authorization: 'Bearer wrong', origin: 'http://localhost:3000' });
  expect(response.status).toBe(401);
  expect(response.headers.get('access-control-allow-origin')).toBe('http://localhost:3000');
});
