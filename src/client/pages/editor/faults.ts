import type { NodeKey } from '../../document/types';
import type { Validation } from '../../document/validate';
import type { Fault } from '../../registry/kinds';

/** Faults by node; `null` is the trigger. */
export type Faults = ReadonlyMap<NodeKey | null, readonly Fault[]>;

/** Faults as the canvas takes them. */
export const faultsByCard = ({ nodes, trigger }: Validation): Faults =>
  trigger.length > 0 ? new Map<NodeKey | null, readonly Fault[]>([[null, trigger], ...nodes]) : nodes;

export interface FaultLine {
  key: NodeKey | null;
  title: string;
  fault: Fault;
}

/** Faults as one list, errors first. */
export function faultLines({ list }: Validation, titleOf: (key: NodeKey | null) => string): FaultLine[] {
  const lines = list.map((fault) => ({ key: fault.key, title: titleOf(fault.key), fault }));
  return [...lines.filter(({ fault }) => fault.level === 'error'), ...lines.filter(({ fault }) => fault.level !== 'error')];
}
