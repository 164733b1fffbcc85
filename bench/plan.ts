/** How much is measured. The counts bound the run; the deadline ends it whatever happens. */
export interface Plan {
  readonly rounds: number;
  /** Rounds before the first that counts: long enough that every target's code has been compiled for good. */
  readonly warmUps: number;
  readonly calls: { readonly total: number; readonly width: number; readonly events: number };
  readonly bursts: { readonly total: number; readonly width: number; readonly events: number };
  readonly paced: { readonly total: number; readonly width: number; readonly events: number };
  /** One after another, with nothing else going on. */
  readonly firstTokens: { readonly total: number; readonly events: number };
  readonly heldStreams: readonly number[];
  readonly starts: number;
  readonly deadlineMs: number;
}

export const fullPlan: Plan = {
  rounds: 4,
  warmUps: 2,
  calls: { total: 3000, width: 16, events: 100 },
  bursts: { total: 240, width: 8, events: 500 },
  paced: { total: 32, width: 16, events: 500 },
  firstTokens: { total: 100, events: 5 },
  heldStreams: [100, 500],
  starts: 3,
  deadlineMs: 14 * 60_000,
};

export const quickPlan: Plan = {
  ...fullPlan,
  rounds: 2,
  warmUps: 1,
  calls: { ...fullPlan.calls, total: 600 },
  bursts: { ...fullPlan.bursts, total: 120 },
  paced: { ...fullPlan.paced, total: 16 },
  firstTokens: { ...fullPlan.firstTokens, total: 60 },
  starts: 1,
  deadlineMs: 3 * 60_000,
};
