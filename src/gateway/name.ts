import { GatewayError } from '../domain/errors.ts';

const mostName = 100;

/** A name for people, without the blanks around it. Throws INVALID_REQUEST. */
export function checkName(name: string): string {
  const trimmed = name.trim();
  if (trimmed.length === 0 || trimmed.length > mostName)
    throw new GatewayError('INVALID_REQUEST', `A name has 1 to ${mostName} characters.`);
  return trimmed;
}
