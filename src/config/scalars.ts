import * as z from 'zod';
import type { Picodollars } from '../domain/money.ts';
import { readUsd, readUsdPerMillion } from '../domain/money.ts';

/** The values that settings are made of: each says its unit, so that no setting forgets to. */

export const longestMs = 86_400_000;

export function milliseconds(meaning: string, byDefault: number) {
  return z.int().min(1).max(longestMs).default(byDefault).describe(`${meaning} In milliseconds.`);
}

export function bytes(meaning: string, byDefault: number) {
  return z.int().min(1).default(byDefault).describe(`${meaning} In bytes.`);
}

export function count(meaning: string, byDefault: number) {
  return z.int().min(1).default(byDefault).describe(meaning);
}

/** Tokens of something that may be unknown. */
export function tokens(meaning: string) {
  return z.int().min(1).optional().describe(`${meaning} In tokens.`);
}

export function text(meaning: string) {
  return z.string().min(1).optional().describe(meaning);
}

const usdPattern = /^\d+(\.\d+)?$/;

interface Money {
  readonly meaning: string;
  readonly decimals: number;
  readonly read: (amount: string) => Picodollars | null;
}

/** Dollars per 1,000,000 tokens, read exactly. */
export function pricePerMillion(meaning: string) {
  return money({ meaning: `${meaning} In US dollars per 1,000,000 tokens.`, decimals: 6, read: readUsdPerMillion });
}

/** Dollars for each call, in picodollars. */
export function pricePerCall(meaning: string) {
  const read = (amount: string): Picodollars | null => {
    const nanodollars = readUsd(amount);
    return nanodollars === null ? null : nanodollars * 1000n;
  };
  return money({ meaning: `${meaning} In US dollars for each call.`, decimals: 9, read });
}

function money({ meaning, decimals, read }: Money) {
  const message = `must be an amount of US dollars such as "0.15", not negative, with ${decimals} decimals at most.`;
  return z
    .union([z.string(), z.number()])
    .transform((written, context): Picodollars => {
      const amount = String(written);
      const price = usdPattern.test(amount) ? read(amount) : null;
      if (price !== null) return price;
      context.addIssue({ code: 'custom', message });
      return z.NEVER;
    })
    .optional()
    .describe(meaning);
}

const schemes = new Set(['http:', 'https:']);

export function httpUrl(meaning: string) {
  return z
    .string()
    .refine(isHttpUrl, 'must be an address that begins with http:// or https://, without user, password or fragment.')
    .refine(
      (url) => !/\/(?:chat\/completions|embeddings|models)\/?$/.test(url),
      'must end before the name of a method such as /chat/completions.',
    )
    .transform((url) => url.replace(/\/+$/, ''))
    .optional()
    .describe(meaning);
}

function isHttpUrl(address: string): boolean {
  const url = URL.parse(address);
  return url !== null && schemes.has(url.protocol) && url.username === '' && url.password === '' && url.hash === '';
}

/** What may stand in an HTTP header: a line break in a key, from a file read carelessly, would make every call fail. */
export const headerText = /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/;
