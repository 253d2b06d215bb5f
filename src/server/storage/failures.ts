/** Codes of sockets, which an HTTP client reports as well. */
const SOCKET_CODES = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND']);
/** Codes of database drivers that mean "the connection is gone"; what they interrupted may be done again by whoever claims it. */
const DRIVER_CODES = new Set([
  'PROTOCOL_CONNECTION_LOST',
  'ER_SERVER_SHUTDOWN',
  'ER_CONNECTION_KILLED',
  'ER_CONNECTION_ALREADY_CLOSED',
  'ER_CMD_CONNECTION_CLOSED',
  'ER_SOCKET_UNEXPECTED_CLOSE',
  'ER_SOCKET_TIMEOUT',
  '57P01', // admin_shutdown
  '57P02', // crash_shutdown
  '57P03', // cannot_connect_now
  '25P03', // idle_in_transaction_session_timeout
  '08000', // connection_exception
  '08003', // connection_does_not_exist
  '08006', // connection_failure
]);
const CONNECTION_ERRORS = new Set([
  'SequelizeConnectionError',
  'SequelizeConnectionRefusedError',
  'SequelizeConnectionAcquireTimeoutError',
  'SequelizeConnectionTimedOutError',
  'SequelizeHostNotReachableError',
]);
/** Errors without a code, by the beginning of their message: of the drivers of PostgreSQL and MySQL, and of the engine's own pool. */
const CONNECTION_MESSAGES = [
  'Connection terminated',
  'Client has encountered a connection error',
  'ResourceRequest timed out',
  "Can't add new command when connection is in closed state",
];

/** Two writers got in each other's way: the same transaction may simply be tried again. */
const CONFLICT_CODES = new Set([
  '40001', // serialization_failure
  '40P01', // deadlock_detected
  'ER_LOCK_DEADLOCK',
  'ER_LOCK_WAIT_TIMEOUT',
  'SQLITE_BUSY',
]);
const CONFLICT_NUMBERS = new Set([1205, 1213]);

interface DriverError {
  name?: string;
  code?: string;
  errno?: number;
  message?: string;
  parent?: DriverError;
  original?: DriverError;
}

/** The error itself and what Sequelize wrapped. */
function layers(error: unknown): DriverError[] {
  if (typeof error !== 'object' || error === null) {
    return [];
  }
  const { parent, original } = error as DriverError;
  return [error as DriverError, parent, original].filter((layer): layer is DriverError => Boolean(layer));
}

/** An error that only a database driver makes; the host's own statements on a new connection throw it as it is. */
const isOfDriver = ({ code, message }: DriverError) =>
  DRIVER_CODES.has(code ?? '') || CONNECTION_MESSAGES.some((start) => message?.startsWith(start));

/** True when a statement of the engine's own failed because the database could not be reached. */
export function isConnectionFailure(error: unknown): boolean {
  return layers(error).some(
    (layer) => CONNECTION_ERRORS.has(layer.name ?? '') || SOCKET_CODES.has(layer.code ?? '') || isOfDriver(layer),
  );
}

/**
 * True when what a node threw says that the database broke down under it. A code of a socket counts only when it came
 * through Sequelize: an HTTP client reports a refused connection with the same codes, and that is the node's own business.
 */
export function isStorageFailure(error: unknown): boolean {
  const throughSequelize = (error as DriverError | null)?.name?.startsWith('Sequelize') === true;
  return throughSequelize ? isConnectionFailure(error) : layers(error).some(isOfDriver);
}

export function isConflict(error: unknown): boolean {
  return layers(error).some(({ code, errno }) => CONFLICT_CODES.has(code ?? '') || CONFLICT_NUMBERS.has(errno ?? 0));
}

/** MySQL only: the primary key was taken, not another unique column. */
export function isTakenPrimaryKey(error: unknown): boolean {
  return layers(error).some(({ code, message }) => code === 'ER_DUP_ENTRY' && /for key '(\w+\.)?PRIMARY'/.test(message ?? ''));
}

export function isUniqueViolation(error: unknown): boolean {
  return layers(error).some(
    ({ name, code, message }) =>
      name === 'SequelizeUniqueConstraintError' ||
      code === '23505' ||
      code === 'ER_DUP_ENTRY' ||
      (code === 'SQLITE_CONSTRAINT' && message?.includes('UNIQUE') === true),
  );
}
