const mostLength = 200;

/** What is wrong with a name that `readName` does not read. */
export const nameRule = `must have 1 to ${mostLength} characters, and no control characters.`;

/** A name for people, without the blanks around it; null: it is none. */
export function readName(text: string): string | null {
  const name = text.trim();
  return name.length >= 1 && name.length <= mostLength && isPlain(name) ? name : null;
}

/** Whether it has no control characters, so that a line of a log is one line, and can be kept. */
export function isPlain(text: string): boolean {
  return isStorable(text) && !/\p{Cc}/u.test(text);
}

/** PostgreSQL keeps neither a NUL nor half of a surrogate pair. */
export function isStorable(text: string): boolean {
  return text.isWellFormed() && !text.includes('\0');
}
