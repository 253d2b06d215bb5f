import type { Sequelize, Transaction } from 'sequelize';
import { directTransaction, type DirectTransactionOptions } from './directTransaction';
import { MARIADB_LIMIT, MARIADB_NO_LIMIT, MYSQL_BEGIN, PG_BEGIN } from './transactions';

/** Databases whose server was told the limit of idleness for a connection, and knew it: MariaDB. */
const limited = new WeakSet<Sequelize>();

const PG: DirectTransactionOptions = { begin: [PG_BEGIN] };
const MYSQL: DirectTransactionOptions = { begin: MYSQL_BEGIN };
/** Connections of the host's pool have the limit only as long as the engine uses them. */
const MARIADB: DirectTransactionOptions = { begin: [MARIADB_LIMIT, ...MYSQL_BEGIN], end: MARIADB_NO_LIMIT };

/** From now on transactions on this database are begun with the limit. */
export function setLimited(sequelize: Sequelize): void {
  limited.add(sequelize);
}

/**
 * A transaction on the main database in which models and repositories may write: READ COMMITTED, and ended by the server when
 * this process stands still in the middle of it. On SQLite by Sequelize's own way, on which transactions queue for the one
 * writer there is.
 */
export function engineTransaction<T>(sequelize: Sequelize, work: (transaction: Transaction) => Promise<T>): Promise<T> {
  switch (sequelize.getDialect()) {
    case 'sqlite':
      return sequelize.transaction(work);
    case 'mysql':
    case 'mariadb':
      return directTransaction(sequelize, limited.has(sequelize) ? MARIADB : MYSQL, work);
    default:
      return directTransaction(sequelize, PG, work);
  }
}
