import { useSyncExternalStore } from 'react';
import type { NodeKey } from '../../document/types';
import type { HostPort } from '../../port/HostPort';
import type { Fault } from '../../registry/kinds';
import type { FlowSaver, Refusal } from '../../sync';
import type { FaultLine, Faults } from './faults';

const NONE: readonly Refusal[] = [];

/** What the server refused and is therefore not stored. */
export function useRefusals(saver: FlowSaver): readonly Refusal[] {
  return useSyncExternalStore(saver.subscribe, () => saver.getState().refusals ?? NONE);
}

/** Cards whose edits are not stored, each once. */
export const refusedCards = (refusals: readonly Refusal[]): (NodeKey | null)[] => [...new Set(refusals.map(({ key }) => key))];

/** A refusal as a fault of its card. */
export const faultOf = ({ field, message }: Refusal, t: HostPort['t']): Fault => ({
  level: 'error',
  message: `${t('Not saved')}: ${message}`,
  ...(field === undefined ? {} : { field }),
});

/** Faults by card with what was refused before them. */
export function withRefusals(faults: Faults, refusals: readonly Refusal[], t: HostPort['t']): Faults {
  if (refusals.length === 0) return faults;
  const all = new Map(faults);
  for (const key of refusedCards(refusals)) {
    const own = refusals.filter((refusal) => refusal.key === key).map((refusal) => faultOf(refusal, t));
    all.set(key, [...own, ...(faults.get(key) ?? [])]);
  }
  return all;
}

/** Refusals as lines of the list of problems. */
export const refusalLines = (refusals: readonly Refusal[], titleOf: (key: NodeKey | null) => string, t: HostPort['t']): FaultLine[] =>
  refusals.map((refusal) => ({ key: refusal.key, title: titleOf(refusal.key), fault: faultOf(refusal, t) }));

/** How many cards are not saved, in words. */
export function unsavedText(refusals: readonly Refusal[], t: HostPort['t']): string {
  const cards = refusedCards(refusals);
  const count = cards.filter((key) => key !== null).length;
  if (count === 0) return t('The trigger is not saved');
  if (count < cards.length) return t('The trigger and nodes are not saved ({{count}})', { count });
  return count === 1 ? t('1 node is not saved') : t('{{count}} nodes are not saved', { count });
}
