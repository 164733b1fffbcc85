import type { ProviderEvent } from '../../domain/providerEvent.ts';
import type { Peer } from './failure.ts';

/** Some servers take the wish for several answers and give fewer: told to the caller. */
export function fewerAnswers(peer: Peer, { asked, given }: { readonly asked: number; readonly given: number }): readonly ProviderEvent[] {
  return given >= asked ? [] : [{ type: 'warning', message: `${peer.name} gave ${given} of ${asked} answers that were asked for.` }];
}
