/** True where the style sheet lays the page out in one column, with the answers below the operation. */
export function isNarrow(): boolean {
  return window.matchMedia('(max-width: 760px)').matches;
}
