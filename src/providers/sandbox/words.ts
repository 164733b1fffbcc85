import type { Random } from './random.ts';

const adjectives = [
  'amber',
  'broad',
  'calm',
  'distant',
  'early',
  'gentle',
  'hollow',
  'narrow',
  'patient',
  'quiet',
  'silver',
  'steady',
] as const;
const nouns = [
  'bridge',
  'cloud',
  'field',
  'garden',
  'harbour',
  'lantern',
  'letter',
  'meadow',
  'mountain',
  'river',
  'window',
  'wheel',
] as const;
const verbs = [
  'answers',
  'carries',
  'counts',
  'crosses',
  'follows',
  'keeps',
  'leaves',
  'measures',
  'meets',
  'paints',
  'turns',
  'waits for',
] as const;
const places = ['at dawn', 'before noon', 'by the road', 'in the rain', 'near the sea', 'under the stars', 'without a word'] as const;

/** Letters and digits up to 12 at a time, or one other character, with the space before it: joined they are the text again. */
const token = /\s*(?:[\p{L}\p{M}\p{N}_]{1,12}|[^\s\p{L}\p{M}\p{N}_])|\s+/gu;

/** A text as the sandbox counts and streams it. */
export function toTokens(text: string): readonly string[] {
  return text.match(token) ?? [];
}

/** Plain sentences of at least so many tokens, after an opening that says what they are. */
export function simulatedText(opening: string, leastTokens: number, random: Random): string {
  let text = opening;
  for (let tokens = toTokens(opening).length; tokens < leastTokens; ) {
    const next = ` ${sentence(random)}`;
    text += next;
    tokens += toTokens(next).length;
  }
  return text;
}

/** What the sandbox answers with: it says that it is simulated, and repeats the first words it was asked, to show that they arrived. */
export function opening(topic: string): string {
  const words = topic.match(/[\p{L}\p{M}\p{N}]{1,24}/gu) ?? [];
  if (words.length === 0) return 'This is a simulated answer.';
  return `This is a simulated answer to "${words.slice(0, 6).join(' ')}".`;
}

export function word(random: Random): string {
  return random.pick(nouns);
}

function sentence(random: Random): string {
  const place = random.fraction() < 0.5 ? '' : ` ${random.pick(places)}`;
  return `The ${random.pick(adjectives)} ${random.pick(nouns)} ${random.pick(verbs)} the ${random.pick(adjectives)} ${random.pick(nouns)}${place}.`;
}
