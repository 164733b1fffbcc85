import type { Prompt } from '../../domain/prompt.ts';
import type { AnswerEvent, ProviderEvent } from '../../domain/providerEvent.ts';
import type { Script, ScriptSettings } from './script.ts';
import { writeScript } from './script.ts';

type Token = Script['tokens'][number];

/** As many answers as are asked for, in parallel: their first tokens come together, then their second ones. Throws as `writeScript`. */
export function writeScripts(prompt: Prompt, settings: ScriptSettings): Script {
  const main = writeScript(prompt, settings);
  if (prompt.choices === 1) return main;
  const seed = settings.options.seed ?? prompt.sampling.seed ?? 0;
  const others = Array.from({ length: prompt.choices - 1 }, (_, index) =>
    writeScript(prompt, { ...settings, options: { ...settings.options, seed: seed + index + 1 } }),
  );
  return {
    ...main,
    tokens: together([main.tokens, ...others.map(asAlternative)]),
    outputTokens: sumOf([main, ...others], ({ outputTokens }) => outputTokens),
    reasoningTokens: sumOf([main, ...others], ({ reasoningTokens }) => reasoningTokens),
  };
}

/** The tokens of a further answer, which ends with its last one. */
function asAlternative({ tokens, reason, providerReason }: Script, index: number): readonly Token[] {
  const end: AnswerEvent = { type: 'finished', reason, providerReason };
  const wrap = (event: ProviderEvent | AnswerEvent): readonly ProviderEvent[] =>
    isAnswerEvent(event) ? [{ type: 'alternative', index: index + 1, event }] : [];
  const wrapped = tokens.map((token) => token.flatMap(wrap));
  return [...wrapped.slice(0, -1), [...(wrapped.at(-1) ?? []), ...wrap(end)]];
}

/** What a token can be made of. */
function isAnswerEvent(event: ProviderEvent): event is AnswerEvent {
  return (
    event.type === 'text' ||
    event.type === 'reasoning' ||
    event.type === 'toolCall' ||
    event.type === 'logprobs' ||
    event.type === 'finished'
  );
}

function together(answers: readonly (readonly Token[])[]): readonly Token[] {
  const length = Math.max(...answers.map((tokens) => tokens.length));
  return Array.from({ length }, (_, place) => answers.flatMap((tokens) => tokens[place] ?? []));
}

function sumOf(scripts: readonly Script[], count: (script: Script) => number): number {
  return scripts.reduce((sum, script) => sum + count(script), 0);
}
