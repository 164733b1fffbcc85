/** What of the format a model takes, as its name tells: the listing does not say. */
export interface ModelTraits {
  /** `output_config.format`: https://platform.claude.com/docs/en/build-with-claude/structured-outputs */
  readonly schema: boolean;
  /** It thinks as much as it finds right, within an effort. Before there was only a budget of tokens: https://platform.claude.com/docs/en/build-with-claude/adaptive-thinking */
  readonly adaptive: boolean;
  /** A request that forbids thinking is refused. */
  readonly alwaysThinks: boolean;
}

/** `claude-opus-4-6`, and as it was before: `claude-3-7-sonnet-20250219`. A date is no version. */
const version = /claude-(?:[a-z]+-)?(\d+)(?:[-.](\d{1,2}))?(?:[-@]|$)/;

/** A name that tells no version is taken for a new one. */
export function traitsOf(model: string): ModelTraits {
  const [, major, minor] = version.exec(model) ?? [];
  const number = major === undefined ? Number.POSITIVE_INFINITY : Number(major) * 100 + Number(minor ?? 0);
  return {
    schema: number >= 405,
    adaptive: number >= 406,
    alwaysThinks: /mythos|fable|(?:opus|sonnet)-5-5/.test(model),
  };
}
