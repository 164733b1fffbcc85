import { nearest } from '../domain/nearest.ts';
import { typedWrong } from './failure.ts';

/** `a,b` -> a and b; null stays null. */
export function readList(text: string | null): readonly string[] | null {
  return (
    text
      ?.split(',')
      .map((part) => part.trim())
      .filter((part) => part !== '') ?? null
  );
}

/** Words of a closed set, in any letter case. */
export function readWords<Word extends string>(option: string, text: string | null, words: readonly Word[]): readonly Word[] {
  return (readList(text) ?? []).map((typed) => readWord(option, typed, words));
}

export function readWord<Word extends string>(option: string, typed: string, words: readonly Word[]): Word {
  const word = words.find((one) => one === typed.toUpperCase());
  if (word !== undefined) return word;
  const [near] = nearest(typed.toUpperCase(), words);
  throw typedWrong(`--${option}: "${typed}" is none of ${words.join(', ')}.${near === undefined ? '' : ` Did you mean ${near}?`}`);
}

export function readWhole(option: string, text: string): number {
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw typedWrong(`--${option} must be a whole number.`);
}
