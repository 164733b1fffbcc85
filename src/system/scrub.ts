/** What a secret looks like inside a text, and what is left of it. */
const shapes: readonly (readonly [RegExp, string])[] = [
  // The prefix of a key of ours is no secret: administrators see it in lists of keys.
  [/(mg_live_[\w-]{4})[\w-]+/g, '$1…'],
  // What a client token says is read by whoever holds it: no part of it is shown.
  [/mg_ct_[\w.-]+/g, 'mg_ct_…'],
  [/\b(Bearer|Basic)\s+[\w.~+/=-]{8,}/gi, '$1 [redacted]'],
  // A token of an issuer: three parts, the first two of them JSON in base64url.
  [/\beyJ[\w-]+\.eyJ[\w-]+\.[\w-]*/g, '[redacted]'],
  // The user and the password in an address, as in `postgres://user:password@host`.
  [/:\/\/[^\s/@]+@/g, '://[redacted]@'],
  [/([?&](?:key|api[-_]?key|token|access_token|sig|password)=)[^&\s"']+/gi, '$1[redacted]'],
  // Keys of providers, which some of them repeat in their error messages.
  [/\b(?:sk|pk|rk|gsk|xai|pplx|hf|AIza|AKIA|ghp)[-_]?[\w-]{16,}/g, '[redacted]'],
  // The database layer writes the values of a failed statement into its message.
  [/\nparams: [\s\S]*?(?=\n {4}at |$)/g, ''],
];

/** The text without what looks like a secret. */
export function scrub(text: string): string {
  return shapes.reduce((left, [shape, rest]) => left.replace(shape, rest), text);
}
