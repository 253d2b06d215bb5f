import type { Id } from '../contract';

/** An engine id as models hold it: a number while that is exact, the decimal string beyond. */
export function toModelId(id: string): Id;
export function toModelId(id: string | null): Id | null;
export function toModelId(id: string | null): Id | null {
  if (id === null) {
    return null;
  }
  const number = Number(id);
  return Number.isSafeInteger(number) ? number : id;
}

/** A model's id as the engine wants it. */
export function toEngineId(id: Id | bigint): string {
  return String(id);
}
