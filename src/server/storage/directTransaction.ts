import { ConnectionError, DatabaseError, Transaction, type Sequelize } from 'sequelize';
import { connectionOf } from './connection';
import { isConnectionFailure } from './failures';
import { ABANDONED_MS } from './transactions';

/** What Sequelize has on a transaction but does not declare. */
interface TransactionInternals {
  sequelize: Sequelize;
  finished?: 'commit' | 'rollback';
  _afterCommitHooks: Array<(transaction: Transaction) => unknown>;
  prepareEnvironment(): Promise<unknown>;
  cleanup(): void;
  forceCleanup(): Promise<void>;
}

const internals = (transaction: Transaction) => transaction as unknown as TransactionInternals;

export interface DirectTransactionOptions {
  begin: readonly string[];
  /** what the connection is told before others use it */
  end?: string;
}

/** Transactions that are open, and when each was begun or last seen to. */
const open = new Map<DirectTransaction, number>();
const PULSE_MS = Math.floor(ABANDONED_MS / 4);
let pulse: NodeJS.Timeout | undefined;

/**
 * The server ends a transaction that is idle for `ABANDONED_MS`. A node may take longer between two of its statements: as
 * long as this process lives, it says so.
 */
function watch(transaction: DirectTransaction): void {
  open.set(transaction, Date.now());
  pulse ??= setInterval(beat, PULSE_MS).unref();
}

function unwatch(transaction: DirectTransaction): void {
  open.delete(transaction);
  if (open.size === 0) {
    clearInterval(pulse);
    pulse = undefined;
  }
}

function beat(): void {
  const now = Date.now();
  for (const [transaction, at] of open) {
    if (now - at >= PULSE_MS) {
      open.set(transaction, now);
      transaction.keepAlive();
    }
  }
}

/**
 * A transaction as repositories want it, whose BEGIN and COMMIT go straight to the driver. A node that writes needs one of
 * its own, and Sequelize's way through its query interface costs more time than the statements themselves.
 */
class DirectTransaction extends Transaction {
  constructor(
    sequelize: Sequelize,
    private readonly texts: DirectTransactionOptions,
  ) {
    super(sequelize, {});
  }

  /** Called by `prepareEnvironment()`, which rolls back when it fails. Drivers that can send all of it at once. */
  async begin(): Promise<void> {
    await Promise.all(this.texts.begin.map((text) => this.exec(text)));
    watch(this);
  }

  private isBeating = false;

  /** Not while the last sign is behind a long statement. A broken one answers with an error, and whoever uses it will find that out. */
  keepAlive(): void {
    if (this.isBeating) {
      return;
    }
    this.isBeating = true;
    const done = () => {
      this.isBeating = false;
    };
    this.exec('SELECT 1').then(done, done);
  }

  /** Called once the transaction is over, when its connection goes back to the pool. */
  cleanup(): void {
    unwatch(this);
    const { end } = this.texts;
    if (end) {
      this.exec(end).catch(() => undefined);
    }
    internals(Transaction.prototype).cleanup.call(this);
  }

  /** Called instead when the connection is not to be used again. */
  async forceCleanup(): Promise<void> {
    unwatch(this);
    await internals(Transaction.prototype).forceCleanup.call(this);
  }

  override async commit(): Promise<void> {
    const self = internals(this);
    if (self.finished) {
      throw new Error(`Transaction cannot be committed because it has been finished with state: ${self.finished}`);
    }
    self.finished = 'commit';
    try {
      await this.exec('COMMIT');
    } catch (error) {
      // nobody knows what became of it: the connection is not lent again
      await self.forceCleanup();
      throw error;
    }
    self.cleanup();
    for (const hook of self._afterCommitHooks) {
      await hook.call(this, this);
    }
  }

  /** Fails as Sequelize does: only so can a lost database be told from a lost connection of a node's own. */
  private async exec(text: string): Promise<void> {
    try {
      await connectionOf(this).exec(text);
    } catch (error) {
      const parent = Object.assign(error as Error, { sql: text });
      throw isConnectionFailure(error) ? new ConnectionError(parent) : new DatabaseError(parent);
    }
  }
}

/** `sequelize.transaction(work)` by way of a direct transaction. */
export async function directTransaction<T>(
  sequelize: Sequelize,
  texts: DirectTransactionOptions,
  work: (transaction: Transaction) => Promise<T>,
): Promise<T> {
  const transaction = new DirectTransaction(sequelize, texts);
  await internals(transaction).prepareEnvironment();
  let result: T;
  try {
    result = await work(transaction);
  } catch (error) {
    // a connection that cannot even roll back is dead, and is not lent again
    await transaction.rollback().catch(() => undefined);
    throw error;
  }
  await transaction.commit();
  return result;
}
