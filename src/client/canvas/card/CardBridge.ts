import { createContext, useContext } from 'react';
import type { FlowNode } from '../../document/types';
import type { Fault } from '../../registry/kinds';
import type { JobMark } from '../types';

/** What one card shows. Plain values, so that a card whose values did not change is not painted again. */
export interface CardProps {
  node: FlowNode;
  x: number;
  y: number;
  width: number;
  height: number;
  /** depth in the tree, from 1 */
  level: number;
  /** place among the nodes of its chain, from 1, and how many there are */
  position: number;
  setSize: number;
  /** label of the branch that it opens */
  branchLabel?: string;
  summary: string | null;
  faults: readonly Fault[];
  jobs: readonly JobMark[];
  isSkipped: boolean;
  isLost: boolean;
  /** nodes in its branches; 0: nothing to fold */
  inside: number;
  mark?: 'added' | 'removed' | 'changed' | 'moved';
  readOnly: boolean;
  isRun: boolean;
}

export const NO_FAULTS: readonly Fault[] = [];
export const NO_JOBS: readonly JobMark[] = [];

const CardContext = createContext<CardProps | null>(null);

export const CardBridgeProvider = CardContext.Provider;

/** The card around a component of an extension; null outside of the canvas. */
export const useCardBridge = (): CardProps | null => useContext(CardContext);
