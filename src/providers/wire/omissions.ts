import { GatewayError } from '../../domain/errors.ts';
import type { ProviderCall } from '../../ports/provider.ts';

/** What a provider has no field for. Never left out silently: refused where the call requires all of it, else told to the caller. */
export interface Omissions {
  /** Throws UNSUPPORTED_PARAMETER where the call requires it. `title`: what the caller knows it by; `instead`: what is done for it, as a sentence. */
  add(title: string, instead?: string): void;
  /** Told whatever the call requires: something the caller could not have known. */
  note(sentence: string): void;
  readonly warnings: readonly string[];
}

export function createOmissions({ offer, requireParameters }: Pick<ProviderCall, 'offer' | 'requireParameters'>): Omissions {
  const warnings: string[] = [];
  return {
    warnings,
    add(title, instead) {
      if (requireParameters) {
        throw new GatewayError('UNSUPPORTED_PARAMETER', `${offer.provider} does not have ${title}, which this call requires.`, {
          details: { parameter: title, provider: offer.provider },
        });
      }
      warnings.push(instead ?? `${title} was left out: ${offer.provider} does not have it.`);
    },
    note: (sentence) => void warnings.push(sentence),
  };
}
