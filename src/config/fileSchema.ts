import * as z from 'zod';
import { capabilities } from '../domain/model.ts';
import { formatNames } from '../providers/formatNames.ts';
import { kinQuirks } from '../providers/openaiChat/quirks.ts';
import { logLevels } from '../system/log.ts';
import { alertSettings } from './alertSchema.ts';
import { identitySettings } from './identitySchema.ts';
import { bytes, count, headerText, httpUrl, milliseconds, pricePerCall, pricePerMillion, text, tokens } from './scalars.ts';
import { walKinds } from './walKind.ts';

const providerId = z
  .string()
  .regex(/^[a-z0-9][a-z0-9_-]*$/, 'must be made of lower-case letters, digits, "-" and "_".')
  .refine((id) => !/^sandbox(-|$)/.test(id), 'is a name of the built-in simulation.');
const slug = z
  .string()
  .regex(/^[^\s/]+\/\S+$/, 'must have the form vendor/name.')
  .refine((name) => !name.startsWith('sandbox/'), 'is a name of the built-in simulation.');
const aliasName = z.string().regex(/^[^\s/]+$/, 'must be a name without "/" and spaces.');
const target = z.string().regex(/^[^\s/]+\/\S+$/, 'must name a model in the form vendor/name.');

const dataPolicies = z.array(z.enum(['NO_RETENTION', 'NO_TRAINING'])).optional();
const region = text('Where requests are answered, as callers name it in their routing, for instance eu-west-1. Unset is unknown.');

const provider = z.strictObject({
  format: z
    .enum(formatNames)
    .optional()
    .describe("The wire format it speaks. By default the known provider's of this id, else openai-chat."),
  baseUrl: httpUrl(
    'Its address with the version path, for instance http://127.0.0.1:8080/v1. May be left out for a known provider, and for the format ai-sdk.',
  ),
  apiKey: z
    .string()
    .regex(headerText, 'must be plain text in one line, without spaces around it.')
    .optional()
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the file has variables of its own, and these are their form.
    .describe('Its key, best as ${VARIABLE}. Left out together with baseUrl, the known variable of a known provider is read.'),
  credentials: z
    .record(z.string(), z.string().min(1))
    .prefault({})
    .describe("A key of several parts, by the format's names of them, for instance secretAccessKey; best as variables."),
  options: z
    .record(z.string(), z.string().min(1))
    .prefault({})
    .describe('Settings that only its format has, for instance project and location, or package and maker of the format ai-sdk.'),
  proxyUrl: httpUrl('The HTTP proxy through which it is reached.'),
  connectTimeoutMs: milliseconds('How long a connection to it may take to be made.', 10_000),
  name: text('The name that people see. By default the known name, else the id.'),
  kin: z
    .enum(Object.keys(kinQuirks))
    .optional()
    .describe('The known provider or server that it behaves like, where its id does not say so.'),
  headers: z
    .record(
      z.string().regex(/^[!#$%&'*+.^`|~\w-]+$/, 'must be the name of an HTTP header.'),
      z.string().regex(headerText, 'must be plain text in one line.'),
    )
    .prefault({})
    .describe('Headers for every request to it.'),
  extraBody: z.record(z.string(), z.json()).prefault({}).describe('Fields for the body of every request to it.'),
  region,
  dataPolicies: dataPolicies.describe('What it promises about what it is sent. Unset is unknown and satisfies no requirement.'),
  discover: z.boolean().default(true).describe('Whether its models are read from its own listing, beside those under `models`.'),
  enabled: z.boolean().default(true).describe('False leaves it out, and its missing variables are no problem.'),
});

const price = z.strictObject({
  input: pricePerMillion('Tokens of the prompt.'),
  output: pricePerMillion('Tokens of the answer.'),
  cachedInput: pricePerMillion('Tokens of the prompt read from a cache. By default what input costs.'),
  cacheWrite: pricePerMillion('Tokens of the prompt written to a cache. By default what input costs.'),
  reasoning: pricePerMillion('Tokens of reasoning. By default what output costs.'),
  request: pricePerCall('A fee.'),
});

const offer = z.strictObject({
  provider: z.string().describe('The id of a provider.'),
  model: z.string().min(1).describe('The name the provider knows the model by.'),
  price: price.optional().describe("What it costs. By default the catalog's price, where it is known; an unknown price is unknown, not 0."),
  contextWindow: tokens('How long prompt and answer may be together.'),
  maxOutputTokens: tokens('How long an answer may be.'),
  region,
  dataPolicies: dataPolicies.describe("What this offer promises about what it is sent. By default the provider's."),
  capabilities: z.array(z.enum(capabilities)).optional().describe('All that it can do. Unset is unknown, and tried.'),
  quantization: text('The precision of its weights, for instance q8_0.'),
});

const deprecation = z.strictObject({
  deprecatedAt: z.iso
    .date('must be a date such as 2026-01-31.')
    .optional()
    .describe('The day from which it should not be used any more. Unset: already.'),
  sunsetAt: z.iso
    .date('must be a date such as 2026-01-31.')
    .optional()
    .describe('The day from which it is not served any more, in UTC. Unset: not decided.'),
  replacement: target.optional().describe('The model to ask for instead.'),
});

const model = z.strictObject({
  name: text('The name that people see. By default the slug.'),
  kind: z.enum(['CHAT', 'EMBEDDING']).optional().describe("By default what the provider's listing says, else CHAT."),
  family: text('What its versions have in common, for instance gpt-4o.'),
  releasedAt: z.iso.date('must be a date such as 2026-01-31.').optional().describe('The day it was released.'),
  deprecation: deprecation.optional().describe('What is announced of its end: its completions carry a warning.'),
  offers: z.array(offer).min(1).describe('Who serves it; one offer for each provider.'),
});

const weighted = z.strictObject({
  model: target.describe('A model.'),
  weight: z.int().min(1).default(1).describe('Its share of the calls, against the other weights.'),
});

const timeouts = z.strictObject({
  firstTokenMs: milliseconds('From the start of an attempt to its first token.', 30_000),
  idleMs: milliseconds('Between two reads of an answer.', 30_000),
  totalMs: milliseconds('For a whole call with all its attempts.', 600_000),
});

const defaults = z.strictObject({
  timeouts: timeouts.prefault({}).describe('How long a call may take.'),
  maxOutputTokens: z.int().min(1).nullable().default(null).describe('The cap of an answer whose caller sets none, in tokens. Null: none.'),
  sort: z
    .enum(['PRICE', 'LATENCY', 'THROUGHPUT', 'BALANCED'])
    .nullable()
    .default(null)
    .describe('How one of several offers is chosen. Null: as the field of the graph says, by price.'),
  graceMs: milliseconds('How long a call runs on for a client that lost its connection and asked for it.', 30_000),
  embeddings: z
    .strictObject({
      coalesceMs: z
        .int()
        .min(0)
        .max(100)
        .default(2)
        .describe(
          'How long embeddings wait, while others of their organization are under way that differ only in their texts, to share one call of the provider. In milliseconds; 0: each makes its own.',
        ),
    })
    .prefault({})
    .describe('Embeddings of several callers.'),
  attempts: z.int().min(1).max(20).default(4).describe('How often a call may try, all offers together. 1: what fails fails.'),
  backoffMs: milliseconds(
    'How long a call waits before it asks the same offer again; twice as long each further time, less up to a half.',
    500,
  ),
  breaker: z
    .strictObject({
      failures: count('After how many failures in a row an offer is left alone.', 5),
      openMs: milliseconds('For how long at first; each single call that tries it in vain doubles it, up to four times as long.', 5000),
    })
    .prefault({})
    .describe('When an offer that keeps failing is left alone.'),
});

const bodyLimits = z.strictObject({
  anonymousBytes: bytes('Without a credential.', 65_536),
  authenticatedBytes: bytes('With a credential.', 1_048_576),
  completionBytes: bytes('With a credential that may make completions.', 20_971_520),
});

const server = z.strictObject({
  corsOrigins: z
    .array(z.string().refine(isOrigin, 'must be an origin such as https://app.example.com, without a path.'))
    .default([])
    .describe('Web pages that may call the graph, for HTTP and WebSocket. Outside production pages from this machine may, too.'),
  maxInFlight: count('Calls under way at once; more are answered OVERLOADED.', 1000),
  bodyLimits: bodyLimits.prefault({}).describe('How large a request, or a message of a socket, may be.'),
  drainMs: milliseconds('How long running calls may take to end after SIGTERM.', 10_000),
  socketsPerKey: count('WebSockets that one key, user or client token may hold open.', 100),
  operationsPerSocket: count('Operations under way at once on one WebSocket.', 100),
  slowReaderBytes: bytes('How much may wait for a reader before it counts as slow.', 1_048_576),
  slowReaderMs: milliseconds('How long a reader may stay slow before it is disconnected.', 10_000),
  metrics: z
    .enum(['off', 'private', 'open'])
    .default('private')
    .describe(
      'Who reads the metrics at /metrics: `private` this machine and keys with the scope METRICS_READ, `open` whoever asks; `off` measures nothing.',
    ),
});

const ledger = z.strictObject({
  wal: z
    .enum(walKinds)
    .default('file')
    .describe(
      'Where a call is written down before it is made: `file` in the data folder, `database` in PostgreSQL, for containers without a disk. MODELGRAPH_WAL wins.',
    ),
  durability: z
    .enum(['write', 'fdatasync'])
    .default('write')
    .describe(
      'What a record of the file outlives: `write` the end of the process, `fdatasync` also a loss of power, at more than 1 ms a call.',
    ),
  maxBytes: bytes('How large the file may grow while the database is away; then calls are refused.', 1_073_741_824),
});

const idempotency = z.strictObject({
  keepAnswers: z
    .boolean()
    .default(true)
    .describe(
      'Whether the answer of a call with an idempotency key is kept, encrypted, to be given again. A call is never repeated either way.',
    ),
  hours: z.int().min(1).max(720).default(24).describe('How long after its end a call is remembered by its idempotency key. In hours.'),
});

export const fileSchema = z
  .strictObject({
    $schema: z.string().optional().describe('Where an editor finds the JSON Schema of this file.'),
    providers: z.record(providerId, provider).prefault({}).describe('Who answers, by id.'),
    models: z.record(slug, model).prefault({}).describe('What can be asked for, by slug, beside what providers list themselves.'),
    aliases: z
      .record(aliasName, z.union([target, z.array(weighted).min(1)]).describe('A model, or a list of models that share the calls.'))
      .prefault({})
      .describe('Stable names for models: one model, or several with weights.'),
    defaults: defaults.prefault({}).describe('What a call gets that does not say otherwise.'),
    server: server.prefault({}).describe('Limits of the listening side.'),
    ledger: ledger.prefault({}).describe('The record of every call from before it is made.'),
    idempotency: idempotency.prefault({}).describe('Calls that may be asked for again by a key of their caller.'),
    identity: identitySettings.prefault({}).describe('Who is let in without an API key.'),
    alerts: alertSettings.prefault({}).describe('Who is told when a budget reaches a threshold.'),
    sandbox: z
      .strictObject({ enabled: z.boolean().optional().describe('By default on, and off in production. MODELGRAPH_SANDBOX wins.') })
      .prefault({})
      .describe('The built-in simulation of a provider.'),
    probe: z
      .strictObject({ enabled: z.boolean().default(true).describe('MODELGRAPH_PROBE wins.') })
      .prefault({})
      .describe('The search for model servers on this machine, on loopback addresses only.'),
    logLevel: z.enum(logLevels).default('info').describe('The least important lines of the log. MODELGRAPH_LOG_LEVEL wins.'),
  })
  // biome-ignore lint/suspicious/noTemplateCurlyInString: the file has variables of its own, and these are their form.
  .describe('The configuration of Modelgraph. In any text, ${VARIABLE} and ${VARIABLE:-default} stand for the environment.');

export type FileSettings = z.output<typeof fileSchema>;
export type FileProvider = FileSettings['providers'][string];
export type FileModel = FileSettings['models'][string];

function isOrigin(origin: string): boolean {
  const url = URL.parse(origin);
  return url !== null && url.origin === origin && /^https?:$/.test(url.protocol);
}
