import { memo } from 'react';
import type { Edge } from '../../layout/types';

export type EdgeState = 'taken' | 'skipped' | '';

const ARROW = 'M-4 -7L0 0L4 -7';

/** Where an edge with an arrow ends. */
const endOf = ({ corners }: Edge) => corners.slice(-2).join(' ');

const EdgePath = memo(function EdgePath({ edge, state }: { edge: Edge; state: EdgeState }) {
  const className = state && `wf-${state}`;
  return (
    <>
      <path d={edge.path} className={className} strokeDasharray={edge.dashed ? '4 4' : undefined} />
      {edge.arrow && <path d={ARROW} className={className} transform={`translate(${endOf(edge)})`} />}
    </>
  );
});

/** All visible lines, in one SVG layer under the cards. */
export const Edges = memo(function Edges({ edges, stateOf }: { edges: readonly Edge[]; stateOf?: (edge: Edge) => EdgeState }) {
  return (
    <svg className="wf-edges" aria-hidden>
      {edges.map((edge) => (
        <EdgePath key={edge.id} edge={edge} state={stateOf?.(edge) ?? ''} />
      ))}
    </svg>
  );
});
