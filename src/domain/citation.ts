/** Where a piece of an answer comes from, as the provider says. */
export interface Citation {
  /** The source's address; null where it is one of the caller's own documents, or not told. */
  readonly url: string | null;
  readonly title: string | null;
  /** The words of the source; null where they are not told. */
  readonly quote: string | null;
  /** The part of the answer's text that it supports, in UTF-16 code units, `end` excluded; both null where that is not told. */
  readonly start: number | null;
  readonly end: number | null;
}
