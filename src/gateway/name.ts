import { GatewayError } from '../domain/errors.ts';
import { nameRule, readName } from '../domain/name.ts';

/** A name for people, without the blanks around it. Throws INVALID_REQUEST. */
export function checkName(text: string): string {
  const name = readName(text);
  if (name === null) throw new GatewayError('INVALID_REQUEST', `A name ${nameRule}`);
  return name;
}
