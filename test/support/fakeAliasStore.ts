import type { AliasPublication, AliasVersion, OwnedAlias } from '../../src/domain/alias.ts';
import { aliasId, inSlugOrder } from '../../src/domain/alias.ts';
import type { AuditAct, AuditChange } from '../../src/domain/audit.ts';
import type { AliasStore } from '../../src/ports/store.ts';

export interface FakeAliasStore extends AliasStore {
  /** Every version, in the order of publication. */
  readonly versions: AliasVersion[];
  /** While set, the aliases cannot be read. */
  failure: Error | null;
  /** While set, reads are answered with what they found after it. */
  gate: Promise<void> | null;
  /** How often aliases in force were read. */
  readonly reads: number;
}

/** Aliases in memory; writes the acts down as the test's audit log does. */
export function createFakeAliasStore(audit: (act: AuditAct, change: AuditChange) => void): FakeAliasStore {
  const versions: AliasVersion[] = [];
  let reads = 0;
  const ofName = ({ organizationId, name }: OwnedAlias) =>
    versions.filter((one) => one.organizationId === organizationId && one.name === name);
  function end(target: OwnedAlias, at: number): AliasVersion | null {
    const before = ofName(target).find(({ supersededAt }) => supersededAt === null) ?? null;
    if (before !== null) versions[versions.indexOf(before)] = { ...before, supersededAt: at };
    return before;
  }
  const store: FakeAliasStore = {
    versions,
    failure: null,
    gate: null,
    get reads() {
      return reads;
    },
    async inForce(organizationId) {
      reads++;
      const { gate } = store;
      const found = versions.filter(
        (one) => one.supersededAt === null && (organizationId === null || one.organizationId === organizationId),
      );
      await gate;
      if (store.failure !== null) throw store.failure;
      return found;
    },
    async history(target, { first, after }) {
      const older = ofName(target)
        .toReversed()
        .filter(({ version }) => after === null || version < after);
      return { items: older.slice(0, first), hasMore: older.length > first };
    },
    find: async (target, version) => ofName(target).find((one) => one.version === version) ?? null,
    async publish({ rowId: _, ...publication }: AliasPublication, act) {
      const before = end(publication, act.at);
      const after: AliasVersion = {
        ...publication,
        targets: inSlugOrder(publication.targets),
        id: aliasId(publication),
        version: ofName(publication).length + 1,
        publishedAt: act.at,
        publishedBy: act.actor,
        supersededAt: null,
      };
      versions.push(after);
      audit(act, { type: 'ALIAS', after, ...(before === null ? {} : { before }) });
      return after;
    },
    async delete(target, act) {
      const before = end(target, act.at);
      if (before !== null) audit(act, { type: 'ALIAS', before });
      return before;
    },
  };
  return store;
}
