import type { Deprecation, Model } from './model.ts';

type Deprecated = Pick<Model, 'slug' | 'deprecation'>;

export function isSunset({ deprecation }: Pick<Deprecated, 'deprecation'>, now: number): boolean {
  return deprecation !== null && deprecation.sunsetAt !== null && now >= Date.parse(deprecation.sunsetAt);
}

/** What somebody who was served by it should know; null: nothing. */
export function deprecationWarning({ slug, deprecation }: Deprecated, now: number): string | null {
  if (deprecation === null) return null;
  const { deprecatedAt, sunsetAt } = deprecation;
  const state =
    deprecatedAt !== null && now < Date.parse(deprecatedAt)
      ? `will be deprecated on ${deprecatedAt}`
      : `is deprecated${since(deprecatedAt)}`;
  const end = sunsetAt === null ? '' : `, and is served until ${sunsetAt}`;
  return `${slug} ${state}${end}.${instead(deprecation)}`;
}

export function sunsetSentence({ slug, deprecation }: Deprecated): string {
  const end = deprecation?.sunsetAt ?? null;
  return `${slug} is no longer served${since(end)}.${deprecation === null ? '' : instead(deprecation)}`;
}

function since(day: string | null): string {
  return day === null ? '' : ` since ${day}`;
}

function instead({ replacement }: Deprecation): string {
  return replacement === null ? '' : ` Ask for ${replacement} instead.`;
}
