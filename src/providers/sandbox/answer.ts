import type { ProviderEvent } from '../../domain/providerEvent.ts';
import type { ProviderCall } from '../../ports/provider.ts';
import { grantWishes, schemaMethodOf } from '../wire/features.ts';
import type { Omissions } from '../wire/omissions.ts';
import { createOmissions } from '../wire/omissions.ts';
import type { Attempt, Sandbox } from './attempt.ts';
import { takeAttempt } from './attempt.ts';
import { contextWindow, maxOutputTokens } from './catalog.ts';
import { writeScripts } from './choices.ts';
import type { Fault } from './faults.ts';
import { faultError } from './faults.ts';
import { features } from './features.ts';
import { unknownOptions } from './options.ts';
import { startPace } from './pace.ts';
import { createRandom } from './random.ts';
import type { Script } from './script.ts';
import { checkContext, inputTokensOf, measuredUsage } from './usage.ts';
import { waitForAbort } from './wait.ts';

type Batch = readonly ProviderEvent[];

/** Plays one answer. The waits listen to the signal: aborting it is the only way to end one. */
export async function* answer(sandbox: Sandbox, call: ProviderCall, signal: AbortSignal): AsyncGenerator<Batch, void> {
  const { id, offer, prompt } = call;
  const attempt = await takeAttempt(sandbox, { id, offer, providerOptions: prompt.providerOptions }, { kind: 'CHAT', signal });
  const inputTokens = inputTokensOf(prompt);
  checkContext(inputTokens, offer.contextWindow ?? contextWindow);
  const omissions = createOmissions(call);
  grantWishes(call, features, omissions);
  const script = writeAnswer(call, attempt, inputTokens);
  const pace = startPace(sandbox.clock, { ...attempt, streamed: call.streamed, random: createRandom(attempt.options.seed ?? 0) });
  yield beginning(sandbox, call, omissions);

  const striking = attempt.fault !== null && isMidway(attempt.fault) ? attempt.fault : null;
  const playable = striking === null ? script.tokens.length : Math.min(attempt.options.after, script.tokens.length);
  let played = 0;
  do {
    const count = await pace.read(playable - played, signal);
    const events = script.tokens.slice(played, played + count).flat();
    played += count;
    const ended = striking === null && played === playable;
    // Who is not streamed to sees a whole answer or none.
    if (ended || (call.streamed && count > 0)) yield ended ? [...events, ...ending(script, inputTokens)] : events;
  } while (played < playable);
  if (striking !== null) await strike(striking, signal);
}

type MidwayFault = Extract<Fault, { kind: 'break' | 'stall' }>;

function isMidway(fault: Fault): fault is MidwayFault {
  return fault.kind === 'break' || fault.kind === 'stall';
}

function strike(fault: MidwayFault, signal: AbortSignal): Promise<never> {
  return fault.kind === 'break' ? Promise.reject(faultError(fault, 0)) : waitForAbort(signal);
}

function writeAnswer(call: ProviderCall, attempt: Attempt, inputTokens: number): Script {
  const { offer, prompt } = call;
  const room = (offer.contextWindow ?? contextWindow) - inputTokens;
  const mostTokens = Math.min(call.maxOutputTokens ?? room, offer.maxOutputTokens ?? maxOutputTokens, room);
  // Without a limit to ignore, longer than any other answer.
  const overlongTokens = attempt.fault?.kind === 'overlong' ? 2 * (call.maxOutputTokens === null ? 120 : mostTokens) : null;
  return writeScripts(prompt, { options: attempt.options, mostTokens, overlongTokens });
}

function beginning(sandbox: Sandbox, { id, offer, prompt }: ProviderCall, omissions: Omissions): Batch {
  const [ignored, ...others] = unknownOptions(prompt.providerOptions);
  const more = others.length === 0 ? '' : ` (and ${others.length} more)`;
  if (ignored !== undefined) omissions.note(`The sandbox has no option "${ignored.slice(0, 40)}"${more}: ignored.`);
  const method = schemaMethodOf(prompt, features);
  return [
    { type: 'started', providerRequestId: `${sandbox.id}-${id}`, providerModel: offer.providerModel },
    ...(method === null ? [] : [{ type: 'schemaMethod', method } as const]),
    ...omissions.warnings.map((message) => ({ type: 'warning', message }) as const),
  ];
}

function ending(script: Script, inputTokens: number): Batch {
  const { reason, providerReason, outputTokens, reasoningTokens } = script;
  return [
    { type: 'usage', usage: measuredUsage(inputTokens, outputTokens, reasoningTokens) },
    { type: 'finished', reason, providerReason },
  ];
}
