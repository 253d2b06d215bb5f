const ALPHABET = 'abcdefghijklmnopqrstuvwxyz0123456789';
const LENGTH = 11;

/** A key for a new node or note, like those that the host makes. */
export function newKey(): string {
  const random = crypto.getRandomValues(new Uint8Array(LENGTH));
  return Array.from(random, (byte) => ALPHABET[byte % ALPHABET.length]).join('');
}
