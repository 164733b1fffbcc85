import type { StreamState } from './state.ts';

/** One figure beside a stream: what it is called and what it says. */
export interface Figure {
  readonly name: string;
  readonly value: string;
}

const whole = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

/** What there is to say about a stream so far; a figure that is not known is left out, never shown as 0. */
export function figuresOf(stream: StreamState): readonly Figure[] {
  const completion = 'completion' in stream.phase ? stream.phase.completion : null;
  return [
    figure('First text', firstTextMs(stream), (ms) => `${whole.format(ms)} ms`),
    figure('Characters', stream.text.length, whole.format),
    figure('Tokens', completion?.outputTokens ?? null, whole.format),
    figure('Speed', speedOf(stream, completion?.outputTokens ?? null), String),
    figure('Cost', completion?.cost ?? null, (dollars) => `$${dollars}`),
    figure('Finish reason', completion?.finishReason ?? null, String),
    figure('Rerouted', stream.reroutes === 0 ? null : stream.reroutes, (times) => `${times}×`),
  ].filter((entry) => entry !== null);
}

function figure<T>(name: string, value: T | null, format: (value: T) => string): Figure | null {
  return value === null ? null : { name, value: format(value) };
}

/** As the page measured it, from the run's start, so the way to the gateway and the connection are in it. */
function firstTextMs({ firstTextAtMs, beganAtMs }: StreamState): number | null {
  return firstTextAtMs === null ? null : firstTextAtMs - beganAtMs;
}

/** Tokens a second once the provider has counted them, characters a second until then. */
function speedOf({ firstTextAtMs, lastAtMs, text }: StreamState, outputTokens: number | null): string | null {
  const seconds = firstTextAtMs === null ? 0 : (lastAtMs - firstTextAtMs) / 1000;
  if (seconds <= 0) return null;
  return outputTokens === null ? `${whole.format(text.length / seconds)} characters/s` : `${whole.format(outputTokens / seconds)} tokens/s`;
}
