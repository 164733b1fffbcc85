import type { JsonValue } from '../../domain/json.ts';
import type { Random } from './random.ts';

/** A JSON value in the making. */
export interface Maker {
  readonly random: Random;
  /** How many values were begun. */
  nodes: number;
  /** Makes one value inside another. */
  make(schema: JsonValue, depth: number): JsonValue;
}

const leanDepth = 4;
const leanNodes = 200;
const mostDepth = 24;
const mostNodes = 2000;

/** True: only what is required is still made. */
export function isLean(maker: Maker, depth: number): boolean {
  return depth >= leanDepth || maker.nodes >= leanNodes;
}

/** True: no schema that people write goes so far; the value becomes null. */
export function isEndless(maker: Maker, depth: number): boolean {
  return depth > mostDepth || maker.nodes > mostNodes;
}
