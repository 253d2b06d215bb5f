import { isPlainObject } from './ownMembers';

const MASK = '******';
/** Shorter values are too common to be recognised as secrets. */
const MIN_LENGTH = 4;
/** Below this length a value must stand alone: "test" is masked in "test", not in "latest". */
const MIN_INNER_LENGTH = 8;

/** Replaces secrets in a value of any shape. Returns the very same value when it holds none. */
export type SecretMasker = <T>(value: T) => T;

const unmasked: SecretMasker = (value) => value;

function toPattern(secret: string): string {
  const escaped = secret.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
  return secret.length < MIN_INNER_LENGTH ? `(?<![A-Za-z0-9_])${escaped}(?![A-Za-z0-9_])` : escaped;
}

/**
 * Creates a function that replaces the values of secrets by `******` in results and log texts before they are stored.
 * Walks arrays and plain objects, keys included; copies only what holds a secret.
 *
 * @param env variables by name, see `app.environment`; values that are no texts or shorter than 4 characters are ignored
 * @example createSecretMasker({ TOKEN: 'abcdefgh' })({ header: 'Bearer abcdefgh' }) // { header: 'Bearer ******' }
 */
export function createSecretMasker(env: Record<string, unknown>): SecretMasker {
  const secrets = [...new Set(Object.values(env))]
    .filter((value): value is string => typeof value === 'string' && value.length >= MIN_LENGTH)
    .sort((a, b) => b.length - a.length);
  if (secrets.length === 0) {
    return unmasked;
  }
  const pattern = new RegExp(secrets.map(toPattern).join('|'), 'g');
  const shortest = secrets[secrets.length - 1]?.length ?? 0;

  const maskText = (text: string): string => (text.length < shortest ? text : text.replace(pattern, MASK));

  const maskList = (list: unknown[]): unknown[] => {
    let copy: unknown[] | undefined;
    list.forEach((item, index) => {
      const masked = mask(item);
      if (masked !== item) {
        copy ??= [...list];
        copy[index] = masked;
      }
    });
    return copy ?? list;
  };

  const maskObject = (object: Record<string, unknown>): Record<string, unknown> => {
    const entries = Object.entries(object);
    const masked = entries.map(([key, value]) => [maskText(key), mask(value)] as const);
    return masked.some(([key, value], index) => key !== entries[index]?.[0] || value !== entries[index]?.[1])
      ? Object.fromEntries(masked)
      : object;
  };

  const mask = (value: unknown): unknown => {
    if (typeof value === 'string') {
      return maskText(value);
    }
    if (Array.isArray(value)) {
      return maskList(value);
    }
    return isPlainObject(value) ? maskObject(value) : value;
  };

  return mask as SecretMasker;
}

/** The variables of the host, `app.environment`. */
export interface VariableStore {
  getVariables(): object;
  getNonSecretVariables(): object;
}

function secretsOf(environment: VariableStore): Record<string, unknown> {
  const plain = environment.getNonSecretVariables();
  return Object.fromEntries(Object.entries(environment.getVariables()).filter(([name]) => !Object.hasOwn(plain, name)));
}

/**
 * {@link createSecretMasker} for the secrets of the host as they are at the moment of each call.
 * Variables that are no secrets stay readable: masking them would spoil ordinary data that happens to hold the same text.
 *
 * @example const mask = createEnvironmentMasker(app.environment);
 */
export function createEnvironmentMasker(environment: VariableStore): SecretMasker {
  let known: unknown[] = [];
  let mask = unmasked;
  return (value) => {
    const secrets = secretsOf(environment);
    const values = Object.values(secrets);
    if (values.length !== known.length || values.some((secret, index) => secret !== known[index])) {
      known = values;
      mask = createSecretMasker(secrets);
    }
    return mask(value);
  };
}
