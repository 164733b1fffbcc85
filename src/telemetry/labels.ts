/** One value a set of labels, made at its first use and kept, so that telling makes no labels. */
export function createSeries<Names extends readonly string[], Child>(make: (...names: Names) => Child): (...names: Names) => Child {
  const children = new Map<string, Child>();
  return (...names) => {
    // No name has a line break in it.
    const key = names.join('\n');
    const known = children.get(key);
    if (known !== undefined) return known;
    const child = make(...names);
    children.set(key, child);
    return child;
  };
}

/** The first so many names as they are; whatever comes after them is `other`. Keeps what a collector has to store within bounds. */
export function createBoundedNames(most: number): (name: string) => string {
  const known = new Set<string>();
  return (name) => {
    if (known.has(name)) return name;
    if (known.size >= most) return 'other';
    known.add(name);
    return name;
  };
}
