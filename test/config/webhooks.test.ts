import { describe, expect, it } from 'vitest';
import { configOf, problemsOf } from './configFile.ts';

const secret = `whsec_${Buffer.alloc(24, 1).toString('base64')}`;
const longer = `whsec_${Buffer.alloc(64, 1).toString('base64')}`;

function fileOf(...webhooks: readonly object[]): string {
  return JSON.stringify({ alerts: { webhooks } });
}

function webhook(changes: object = {}): object {
  return { name: 'operators', url: 'https://hooks.example.com/x', secret, ...changes };
}

describe('webhooks', () => {
  it('are none by default', () => {
    expect(configOf(null).webhooks).toEqual([]);
  });

  it('want every alert and are tried for a day, unless they say otherwise', () => {
    expect(configOf(fileOf(webhook())).webhooks).toEqual([
      {
        name: 'operators',
        url: 'https://hooks.example.com/x',
        secrets: [secret],
        kinds: ['BUDGET_THRESHOLD', 'BUDGET_OVERRUN'],
        allowPrivate: false,
        timeoutMs: 15_000,
        retry: { attempts: 30, firstDelayMs: 5000, mostDelayMs: 3_600_000 },
      },
    ]);
  });

  it('have the secret of the environment, and that of before beside it', () => {
    const file = fileOf(webhook({ secret: '${NEW}', previousSecret: '${OLD}' }));
    expect(configOf(file, { NEW: longer, OLD: secret }).webhooks[0]?.secrets).toEqual([longer, secret]);
    expect(problemsOf(file, { NEW: longer })).toMatchObject([{ path: 'alerts.webhooks[0].previousSecret' }]);
  });

  it.each(['https://10.0.0.1/x', 'http://127.0.0.1:9000/x', 'http://localhost/x', 'http://[::1]:1/x'])('may be at %s', (url) => {
    expect(problemsOf(fileOf(webhook({ url })))).toEqual([]);
  });

  it.each([
    ['an address in plain http elsewhere', { url: 'http://hooks.example.com/' }],
    ['a name that only begins like this machine', { url: 'http://127.0.0.1.example.com/' }],
    ['a user and a password', { url: 'https://user:hunter2@hooks.example.com/' }],
    ['another scheme', { url: 'ftp://hooks.example.com/' }],
    ['a secret without its prefix', { secret: secret.slice(6) }],
    ['a secret that is too short', { secret: `whsec_${Buffer.alloc(23).toString('base64')}` }],
    ['a secret that is no base64', { secret: 'whsec_this is none at all, is it, or is it?' }],
    ['a kind that there is not', { kinds: ['EVERYTHING'] }],
    ['no kind', { kinds: [] }],
    ['no try', { retry: { attempts: 0 } }],
  ])('are refused with %s, without repeating it', (_case, changes) => {
    const problems = problemsOf(fileOf(webhook(changes)));
    expect(problems).toMatchObject([{ path: expect.stringMatching(/^alerts\.webhooks\[0\]/) }]);
    expect(JSON.stringify(problems)).not.toContain('hunter2');
    expect(JSON.stringify(problems)).not.toContain('whsec_this');
  });

  it('are refused with one name for two', () => {
    expect(problemsOf(fileOf(webhook(), webhook()))).toMatchObject([{ path: 'alerts.webhooks' }]);
  });
});
