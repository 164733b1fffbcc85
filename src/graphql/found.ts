import { GatewayError } from '../domain/errors.ts';

/** What a row refers to is there, unless it was taken away meanwhile. Throws NOT_FOUND. */
export function found<Item>(item: Item | null, noun: string): Item {
  if (item === null) throw new GatewayError('NOT_FOUND', `The ${noun} is not there any more.`);
  return item;
}
