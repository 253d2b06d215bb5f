import type { WorkflowPlugin } from '../contract';
import { Neighbours } from '../engine/Neighbours';
import type { EngineLog } from '../engine/ports';
import { isDeadOwner } from '../host/owner';
import type { SqlRunStore } from '../storage/SqlRunStore';

/** What this process has to know of those that execute on the same database; on SQLite there are none. */
export function findNeighbours(
  plugin: WorkflowPlugin,
  store: SqlRunStore,
  { owner, leaseMs, log }: { owner: string; leaseMs: number; log: EngineLog },
): Neighbours | undefined {
  if (plugin.db.inDialect('sqlite')) {
    return undefined;
  }
  return new Neighbours(
    {
      announce: () => store.announce(owner, leaseMs),
      withdraw: () => store.withdraw(owner),
      serving: () => plugin.serving(),
      isDead: (other) => isDeadOwner(other, owner),
      log,
    },
    owner,
    Math.floor(leaseMs / 3),
  );
}
