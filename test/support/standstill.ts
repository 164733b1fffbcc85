/** Resolves when a number has not moved for 20 turns of the loop. */
export async function standstill(read: () => number): Promise<void> {
  for (let still = 0, last = -1; still < 20; still = read() === last ? still + 1 : 0, last = read()) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
