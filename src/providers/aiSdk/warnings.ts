import { GatewayError } from '../../domain/errors.ts';
import type { JsonObject } from '../../domain/json.ts';
import { isJsonObject } from '../../domain/json.ts';
import type { Peer } from '../wire/failure.ts';
import { readList, readWord } from '../wire/json.ts';
import { asName } from '../wire/verdict.ts';

export interface WarningTools {
  readonly peer: Peer;
  /** What the package leaves out of the call is refused instead of told. */
  readonly requireParameters: boolean;
}

/** A package tells of what it leaves out only once it has sent the rest: a call that requires all of it ends there, UNSUPPORTED_PARAMETER. */
export function readWarnings(warnings: unknown, tools: WarningTools): readonly string[] {
  return readList(warnings)
    .filter(isJsonObject)
    .map((warning) => toSentence(warning, tools));
}

/** The types of versions 3 and 4, and of version 2. */
const omissions = new Set<unknown>(['unsupported', 'unsupported-setting', 'unsupported-tool']);

function toSentence({ type, feature, setting, details, message }: JsonObject, { peer, requireParameters }: WarningTools): string {
  const what = readWord(feature) ?? readWord(setting);
  const more = readWord(details);
  if (!omissions.has(type)) return [readWord(message) ?? `${what ?? 'Something'} was changed.`, ...(more === null ? [] : [more])].join(' ');
  if (requireParameters) throw missing(peer, asName(what));
  return [`${what ?? 'A tool'} was left out: ${peer.name} does not have it.`, ...(more === null ? [] : [more])].join(' ');
}

function missing(peer: Peer, parameter: string | null): GatewayError {
  return new GatewayError('UNSUPPORTED_PARAMETER', `${peer.name} does not have ${parameter ?? 'all'} that this call requires.`, {
    details: { provider: peer.id, ...(parameter === null ? {} : { parameter }) },
  });
}
