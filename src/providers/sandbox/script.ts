import type { Prompt, ReasoningEffort } from '../../domain/prompt.ts';
import type { FinishReason, ProviderEvent } from '../../domain/providerEvent.ts';
import { instanceOfSchema } from './jsonBySchema.ts';
import { logprobsOf } from './logprobs.ts';
import type { SandboxOptions } from './options.ts';
import { answerSeed, lastUserText } from './promptText.ts';
import type { Random } from './random.ts';
import { createRandom } from './random.ts';
import { calledTools, toolCallTokens } from './toolCalls.ts';
import { opening, simulatedText, toTokens } from './words.ts';

/** A whole answer before it is played. */
export interface Script {
  /** The events of each token, in order: one entry is one token. */
  readonly tokens: readonly (readonly ProviderEvent[])[];
  /** What is billed: of all answers together. */
  readonly outputTokens: number;
  readonly reasoningTokens: number;
  readonly reason: FinishReason;
  readonly providerReason: string;
}

export interface ScriptSettings {
  readonly options: SandboxOptions;
  /** How many tokens the answer may have. */
  readonly mostTokens: number;
  /** How many more it has all the same: the fault `overlong`. Null: none. */
  readonly overlongTokens: number | null;
}

const reasoningLength: Readonly<Record<ReasoningEffort, number>> = { NONE: 0, MINIMAL: 8, LOW: 16, MEDIUM: 32, HIGH: 64 };

/** Writes the answer. Throws INVALID_REQUEST when a tool is to be called that the prompt does not have. */
export function writeScript(prompt: Prompt, settings: ScriptSettings): Script {
  const seed = answerSeed(prompt, settings.options.seed ?? prompt.sampling.seed ?? 0);
  const random = createRandom(seed);
  const tools = calledTools(prompt, settings.options.toolCall);
  const reasoning = reasoningTokens(prompt, createRandom(seed + 1));
  const spoken = tools.length > 0 ? toolCallTokens(tools, random).map((event) => [event]) : textTokens(prompt, settings, random);
  const whole = [...reasoning, ...spoken];
  const cut = settings.overlongTokens === null && whole.length > settings.mostTokens;
  const tokens = cut ? whole.slice(0, Math.max(0, settings.mostTokens)) : whole;
  const counts = { outputTokens: tokens.length, reasoningTokens: Math.min(reasoning.length, tokens.length) };
  return { tokens, ...counts, ...ending(cut, tools.length > 0) };
}

function ending(cut: boolean, calls: boolean): Pick<Script, 'reason' | 'providerReason'> {
  if (cut) return { reason: 'LENGTH', providerReason: 'length' };
  return calls ? { reason: 'TOOL_CALLS', providerReason: 'tool_calls' } : { reason: 'STOP', providerReason: 'stop' };
}

function textTokens(prompt: Prompt, settings: ScriptSettings, random: Random): Script['tokens'] {
  const text = settings.options.text ?? answerText(prompt, settings, random);
  const spoken = toTokens(beforeStop(text, prompt.stop));
  const logprobs = prompt.topLogprobs === null ? null : logprobsOf(spoken, prompt.topLogprobs, random);
  return spoken.map((token, index): readonly ProviderEvent[] => {
    const logprob = logprobs?.[index];
    const event: ProviderEvent = { type: 'text', text: token };
    return logprob === undefined ? [event] : [event, { type: 'logprobs', tokens: [logprob] }];
  });
}

function answerText(prompt: Prompt, settings: ScriptSettings, random: Random): string {
  const topic = lastUserText(prompt);
  const format = prompt.outputFormat;
  if (format?.type === 'jsonSchema') return JSON.stringify(instanceOfSchema(format.schema, random));
  if (format?.type === 'json') return JSON.stringify({ simulated: true, answer: opening(topic), number: random.integer(1, 100) });
  return simulatedText(opening(topic), settings.overlongTokens ?? random.integer(60, 105), random);
}

/** The text up to the first stop sequence, which is not part of the answer. */
function beforeStop(text: string, stop: readonly string[]): string {
  const places = stop.filter((sequence) => sequence !== '').map((sequence) => text.indexOf(sequence));
  return text.slice(0, Math.min(text.length, ...places.filter((place) => place >= 0)));
}

/** Thoughts, when an effort is asked for; the last one carries a signature, which is to come back unchanged. */
function reasoningTokens(prompt: Prompt, random: Random): Script['tokens'] {
  const length = reasoningLength[prompt.reasoningEffort ?? 'NONE'];
  if (length === 0) return [];
  const words = toTokens(simulatedText('This is simulated reasoning.', length, random)).slice(0, length);
  const signature = `sandbox-${random.integer(0, 0xff_ff_ff_ff).toString(16)}`;
  return words.map((text, index) => [{ type: 'reasoning', text, signature: index === length - 1 ? signature : null }]);
}
