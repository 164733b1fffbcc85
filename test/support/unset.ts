/** A part of a fake of which nothing was set: whatever is used throws, naming itself. What was set is used. */
export function unset<Part extends object>(name: string, set: Partial<Part>): Part {
  return new Proxy(set, {
    get(target, property) {
      if (property in target) return Reflect.get(target, property);
      throw new Error(`The fake's ${name}.${String(property)} was used and is not set.`);
    },
    // The proxy answers every member of `Part`, if only by throwing.
  }) as Part;
}
