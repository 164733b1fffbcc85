import { randomFillSync } from 'node:crypto';
import type { Clock } from '../ports/clock.ts';
import type { IdSource } from '../ports/idSource.ts';

const randomBytesAnId = 10;
const pooledIds = 512;
/** The counter fills the 12 bits behind the version; it begins in their lower half, so that it can count 2,048 ids at least before it is full. */
const counterEnd = 0x10_00;
const counterStart = 0x7_ff;

/**
 * Ids of RFC 9562, version 7, that only grow: within one millisecond a counter grows (section 6.2, method 1), and a counter that is full, or a clock that
 * was set back, goes on from the last millisecond given out.
 */
export function createIds(clock: Clock): IdSource {
  const random = createRandomPool();
  let lastMs = 0;
  let counter = 0;
  return {
    next() {
      const bytes = random();
      const nowMs = clock.now();
      if (nowMs > lastMs) {
        lastMs = nowMs;
        counter = bytes.readUInt16BE(0) & counterStart;
      } else if (++counter === counterEnd) {
        lastMs += 1;
        counter = bytes.readUInt16BE(0) & counterStart;
      }
      return toUuid(lastMs, counter, bytes.subarray(2));
    },
  };
}

function toUuid(ms: number, counter: number, tail: Buffer): string {
  const time = ms.toString(16).padStart(12, '0');
  const version = (0x70_00 | counter).toString(16);
  const variant = (0x80_00 | (tail.readUInt16BE(0) & 0x3f_ff)).toString(16);
  return `${time.slice(0, 8)}-${time.slice(8)}-${version}-${variant}-${tail.toString('hex', 2)}`;
}

/** Random bytes for one id at a time, taken from the machine for many at once: a call for each would cost more than the id. */
function createRandomPool(): () => Buffer {
  const pool = Buffer.alloc(randomBytesAnId * pooledIds);
  let used = pool.length;
  return () => {
    if (used === pool.length) {
      randomFillSync(pool);
      used = 0;
    }
    used += randomBytesAnId;
    return pool.subarray(used - randomBytesAnId, used);
  };
}
