/** Runs `total` pieces of work, `width` at a time; the first failure ends it. */
export async function runConcurrently(total: number, width: number, work: () => Promise<unknown>): Promise<void> {
  let begun = 0;
  const lane = async () => {
    while (begun < total) {
      begun += 1;
      await work();
    }
  };
  await Promise.all(Array.from({ length: Math.min(width, total) }, lane));
}
