/** Whole billionths of a US dollar: what costs, holds and limits are counted in. */
export type Nanodollars = bigint;
/** Whole trillionths of a US dollar: what one token costs. 1 picodollar a token is $0.000001 per 1,000,000 tokens. */
export type Picodollars = bigint;

const decimal = /^(-?)(\d{1,15})(?:\.(\d+))?$/;

/** Reads an exact decimal as whole units of 10^-digits. Null when it is no decimal number or has more digits than that. */
function readDecimal(text: string, digits: number): bigint | null {
  const match = decimal.exec(text);
  if (match === null) return null;
  const [, sign, whole = '', fraction = ''] = match;
  const significant = fraction.replace(/0+$/, '');
  if (significant.length > digits) return null;
  const units = BigInt(whole + significant.padEnd(digits, '0'));
  return sign === '-' ? -units : units;
}

function writeDecimal(units: bigint, digits: number): string {
  const negative = units < 0n;
  const text = (negative ? -units : units).toString().padStart(digits + 1, '0');
  const fraction = text.slice(-digits).replace(/0+$/, '');
  const whole = text.slice(0, -digits);
  return `${negative ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`;
}

/** `"0.05"` -> 50,000,000. Null when it is no decimal number, or finer than a nanodollar. */
export function readUsd(text: string): Nanodollars | null {
  return readDecimal(text, 9);
}

const billedDecimal = /^([+-]?)(\d{1,40})(?:\.(\d{1,40}))?(?:[eE]([+-]?\d{1,2}))?$/;
const mostBilled = 1_000_000_000_000_000_000n;

/**
 * Reads an amount of a bill: a decimal of any sign, perhaps with an exponent, worked out exactly. What is finer than a nanodollar is rounded to the nearest,
 * halves away from 0. Null when it is no decimal number, or beyond 1,000,000,000 dollars.
 */
export function readBilledUsd(text: string): Nanodollars | null {
  const match = billedDecimal.exec(text);
  if (match === null) return null;
  const [, sign, whole = '', fraction = '', exponent = '0'] = match;
  const digits = BigInt(whole + fraction);
  const shift = 9 + Number(exponent) - fraction.length;
  const scale = 10n ** BigInt(Math.abs(shift));
  const amount = shift >= 0 ? digits * scale : (digits + scale / 2n) / scale;
  if (amount > mostBilled) return null;
  return sign === '-' ? -amount : amount;
}

/** 50,000,000 -> `"0.05"`: exact, without trailing zeros. */
export function writeUsd(amount: Nanodollars): string {
  return writeDecimal(amount, 9);
}

/** A price in dollars per 1,000,000 tokens, `"0.15"` -> 150,000 picodollars a token. Null when finer than a picodollar. */
export function readUsdPerMillion(text: string): Picodollars | null {
  return readDecimal(text, 6);
}

/** 150,000 picodollars a token -> `"0.15"` dollars per 1,000,000 tokens. */
export function writeUsdPerMillion(price: Picodollars): string {
  return writeDecimal(price, 6);
}

/** A fee in dollars a call, 1,500,000 picodollars -> `"0.0000015"`. */
export function writeUsdPerCall(fee: Picodollars): string {
  return writeDecimal(fee, 12);
}

/** Rounds up, so that a fraction of a nanodollar is never given away. */
export function ceilToNanodollars(amount: Picodollars): Nanodollars {
  return (amount + 999n) / 1000n;
}
