/** A short text that stands for a long one: equal texts have equal digests, and nobody finds another text with the same. */
export type Digest = (text: string) => string;
