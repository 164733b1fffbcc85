import { GatewayError } from '../../domain/errors.ts';
import type { Clock } from '../../ports/clock.ts';
import type { EmbeddingAnswer, EmbeddingCall, ProviderAdapter } from '../../ports/provider.ts';
import { answer } from './answer.ts';
import type { Sandbox } from './attempt.ts';
import { takeAttempt } from './attempt.ts';
import type { AttemptCounter } from './attemptCounter.ts';
import { createAttemptCounter } from './attemptCounter.ts';
import type { SandboxId } from './catalog.ts';
import { contextWindow, sandboxListing } from './catalog.ts';
import { defaultDimensions, embedText, mostDimensions } from './embedding.ts';
import { faultError } from './faults.ts';
import { checkContext, measuredUsage, textTokensOf } from './usage.ts';
import { endOnReturn, wait, waitForAbort } from './wait.ts';

export interface SandboxSettings {
  readonly clock: Clock;
  readonly id: SandboxId;
  /** Shared by sandboxes that one call may try in turn, so that the option `times` counts over both; without it each counts alone. */
  readonly attempts?: AttemptCounter;
}

/**
 * A simulation of a provider, plainly named so: no model is asked. Its answers depend on the seed and the prompt alone, time passes
 * only by the clock, and `providerOptions.sandbox` asks for speed, words, tool calls and faults. It is measured, priced and
 * interrupted like any other provider, which is what it is for.
 */
export function createSandboxProvider(settings: SandboxSettings): ProviderAdapter {
  const sandbox: Sandbox = { ...settings, attempts: settings.attempts ?? createAttemptCounter() };
  return {
    format: 'sandbox',
    complete: (call, signal) => endOnReturn(signal, (ending) => answer(sandbox, call, ending)),
    embed: (call, signal) => embed(sandbox, call, signal),
    listModels: () => Promise.resolve(sandboxListing),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

async function embed(sandbox: Sandbox, call: EmbeddingCall, signal: AbortSignal): Promise<EmbeddingAnswer> {
  const { options, fault, firstTokenMs } = await takeAttempt(sandbox, call, { kind: 'EMBEDDING', signal });
  const dimensions = readDimensions(call.dimensions);
  const inputTokens = call.inputs.map(textTokensOf);
  for (const tokens of inputTokens) checkContext(tokens, call.offer.contextWindow ?? contextWindow);
  await wait(sandbox.clock, firstTokenMs, signal);
  if (fault?.kind === 'break') throw faultError(fault, options.delayMs);
  if (fault?.kind === 'stall') return waitForAbort(signal);
  return {
    vectors: call.inputs.map((input) => embedText(input, dimensions, options.seed ?? 0)),
    usage: measuredUsage(
      inputTokens.reduce((sum, tokens) => sum + tokens, 0),
      0,
      0,
    ),
    providerRequestId: `${sandbox.id}-${call.id}`,
  };
}

function readDimensions(dimensions: number | null): number {
  if (dimensions === null) return defaultDimensions;
  if (Number.isInteger(dimensions) && dimensions >= 1 && dimensions <= mostDimensions) return dimensions;
  throw new GatewayError('INVALID_REQUEST', `dimensions must be a whole number from 1 to ${mostDimensions}.`, {
    details: { field: 'dimensions' },
  });
}
