import * as z from 'zod';
import { alertKinds } from '../domain/alert.ts';
import { count, milliseconds } from './scalars.ts';

const leastSecretBytes = 24;
const mostSecretBytes = 64;

function secret() {
  return z
    .string()
    .refine(isSecret, `must be "whsec_" and ${leastSecretBytes} to ${mostSecretBytes} random bytes in base64 (openssl rand -base64 32).`);
}

const retry = z.strictObject({
  attempts: count('How often an alert is sent at the most; never for longer than a day.', 30),
  firstDelayMs: milliseconds('Until the second try, a quarter more or less by chance; doubled after each further one.', 5000),
  mostDelayMs: milliseconds('Between two tries at the most, unless the receiver asks for more.', 3_600_000),
});

const webhook = z.strictObject({
  name: z
    .string()
    .regex(/^[a-z0-9][a-z0-9_-]*$/, 'must be made of lower-case letters, digits, "-" and "_".')
    .describe('Its name in the log and the graph. What is to be delivered yet goes to whatever address has this name.'),
  url: z
    .string()
    .refine(
      isReceiver,
      'must be an address that begins with https://, or with http:// on this machine, without user, password or fragment.',
    )
    .describe('Where alerts are sent, by POST. Redirects are not followed.'),
  secret: secret().describe(
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the file has variables of its own, and these are their form.
    'What messages are signed with (Standard Webhooks): `whsec_` and random bytes in base64, best as ${VARIABLE}.',
  ),
  previousSecret: secret().optional().describe('The secret of before: messages are signed with both while receivers change.'),
  kinds: z
    .array(z.enum(alertKinds))
    .min(1)
    .default([...alertKinds])
    .describe('Which alerts. By default all.'),
  allowPrivate: z
    .boolean()
    .default(false)
    .describe('Whether the address may be on a private network. Plain http on this machine may be without it.'),
  timeoutMs: z.int().min(1).max(60_000).default(15_000).describe('How long an answer may take. In milliseconds.'),
  retry: retry.prefault({}).describe('How an alert that is not taken is sent again.'),
});

export const alertSettings = z.strictObject({
  webhooks: z
    .array(webhook)
    .default([])
    .refine((list) => new Set(list.map(({ name }) => name)).size === list.length, 'must have a different name each.')
    .describe('Who is told of alerts.'),
});

function isSecret(text: string): boolean {
  const encoded = /^whsec_([A-Za-z0-9+/]+={0,2})$/.exec(text)?.[1];
  if (encoded === undefined) return false;
  const bytes = Buffer.from(encoded, 'base64');
  return bytes.length >= leastSecretBytes && bytes.length <= mostSecretBytes;
}

function isReceiver(address: string): boolean {
  const url = URL.parse(address);
  if (url === null || url.username !== '' || url.password !== '' || url.hash !== '') return false;
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopbackName(url.hostname));
}

/** Whatever else such a name is made to mean, nothing but this machine is connected to: `system/webhook` sees to it. */
function isLoopbackName(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(host);
}
