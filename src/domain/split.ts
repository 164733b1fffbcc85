/** Divides a whole by weights: the parts sum to it exactly, what rounding leaves goes to the largest remainders. */
export function splitWhole(whole: bigint, weights: readonly number[]): readonly bigint[] {
  const sum = weights.reduce((total, weight) => total + weight, 0);
  const shares = weights.map((weight) =>
    sum === 0 ? { part: whole, of: BigInt(weights.length) } : { part: whole * BigInt(weight), of: BigInt(sum) },
  );
  const parts = shares.map(({ part, of }) => part / of);
  let left = whole - parts.reduce((total, part) => total + part, 0n);
  const byRemainder = shares
    .map(({ part, of }, index) => ({ index, rest: part % of }))
    .sort((a, b) => Number(b.rest > a.rest) - Number(b.rest < a.rest) || a.index - b.index);
  for (const { index } of byRemainder) {
    if (left === 0n) break;
    parts[index] = (parts[index] ?? 0n) + 1n;
    left -= 1n;
  }
  return parts;
}
