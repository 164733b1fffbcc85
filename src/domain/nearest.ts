const mostSuggestions = 3;
/** Longer texts are no typing errors, and comparing them would take long. */
const longestText = 200;

/** Up to three of the candidates that somebody may have meant by this text, the likeliest first; none when nothing is near. */
export function nearest(text: string, candidates: Iterable<string>): readonly string[] {
  if (text === '' || text.length > longestText) return [];
  const wanted = text.toLowerCase();
  return [...new Set(candidates)]
    .map((candidate) => ({ candidate, distance: distance(wanted, candidate.toLowerCase()) }))
    .filter(({ distance: far }) => far <= reach(wanted))
    .sort((left, right) => left.distance - right.distance || compare(left.candidate, right.candidate))
    .slice(0, mostSuggestions)
    .map(({ candidate }) => candidate);
}

/** A third of the letters may be wrong. */
function reach(text: string): number {
  return Math.max(1, Math.floor(text.length / 3));
}

/** A beginning, an end or a part after a separator counts as one error: `gpt-4o` is meant by `openai/gpt-4o`, `claude-3` by `claude-3-haiku`. */
function distance(wanted: string, candidate: string): number {
  if (wanted === candidate) return 0;
  const contained = wanted.length > 2 && (candidate.startsWith(wanted) || candidate.endsWith(wanted) || candidate.includes(`/${wanted}`));
  return contained ? 1 : edits(wanted, candidate);
}

/** Letters to add, leave out, change, or swap with their neighbour, to make one text of the other. */
function edits(from: string, to: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let row = 1; row <= from.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= to.length; column += 1) {
      const change = (last[column - 1] ?? 0) + (from[row - 1] === to[column - 1] ? 0 : 1);
      const swapped = row > 1 && column > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      const swap = swapped ? (beforeLast[column - 2] ?? 0) + 1 : change;
      current.push(Math.min((last[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1, change, swap));
    }
    beforeLast = last;
    last = current;
  }
  return last[to.length] ?? 0;
}

function compare(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
