import type { Transaction } from 'sequelize';
import { JOB_STATUS } from '../../common/status';
import type { FlowNodeModel, ScopeTransaction } from '../contract';

/** Index of the branch that runs inside a transaction node's transaction. */
const TRANSACTION_BRANCH = 1;

/** Transactions that nodes hold open for one of their branches, by node key. */
export class ScopeTransactions {
  private readonly scopes = new Map<string, ScopeTransaction>();
  /** the engine's own transaction, for the node that is being called */
  private lent: { node: FlowNodeModel; transaction: Transaction } | null = null;

  get isOpen(): boolean {
    return this.scopes.size > 0;
  }

  set(key: string, scope: ScopeTransaction): void {
    this.scopes.set(key, scope);
  }

  get(key: string): ScopeTransaction | undefined {
    return this.scopes.get(key);
  }

  clear(key: string): void {
    this.scopes.delete(key);
  }

  markClosing(key: string, closing: 'commit' | 'rollback'): void {
    const scope = this.scopes.get(key);
    if (scope) {
      scope.closing = closing;
    }
  }

  /** Hands the transaction that will also store its job to a node that asks for one. */
  lend(node: FlowNodeModel | null, transaction?: Transaction): void {
    this.lent = node && transaction ? { node, transaction } : null;
  }

  /** The innermost transaction whose branch the node stands in. */
  find(node: FlowNodeModel, dataSource?: string): Transaction | undefined {
    if (this.lent?.node === node && (dataSource ?? 'main') === 'main') {
      return this.lent.transaction;
    }
    if (!this.isOpen) {
      return undefined;
    }
    for (let current: FlowNodeModel | null | undefined = node; current; current = current.upstream) {
      const isInside = current.branchIndex === TRANSACTION_BRANCH && current.upstream;
      const scope = isInside ? this.scopes.get(current.upstream?.key ?? '') : undefined;
      if (scope && (!dataSource || scope.dataSource === dataSource)) {
        return scope.transaction;
      }
    }
    return undefined;
  }

  /**
   * Ends what is open, innermost first: committed only when its node asked for that and the run resolved.
   * @returns whether there were any
   */
  async close(status: number): Promise<boolean> {
    const open = [...this.scopes.values()].reverse();
    this.scopes.clear();
    for (const { transaction, closing } of open) {
      const { finished } = transaction as unknown as { finished?: string };
      if (!finished) {
        await (closing === 'commit' && status === JOB_STATUS.RESOLVED ? transaction.commit() : transaction.rollback());
      }
    }
    return open.length > 0;
  }
}
