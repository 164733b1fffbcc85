import { GatewayError } from './errors.ts';

/** A token whose user has no place here. Whether what it names is missing, or is another's, is told alike. */
export function unplaced(): GatewayError {
  return new GatewayError('FORBIDDEN', 'The token does not place its user in an organization and a team that are known here.');
}
