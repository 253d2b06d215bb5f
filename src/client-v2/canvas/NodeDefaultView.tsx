import { Card, Tag, Typography } from 'antd';
import { useContext, useMemo, type ReactNode } from 'react';
import { BranchSlot } from '../../client/canvas/card/BranchSlot';
import { useCardBridge } from '../../client/canvas/card/CardBridge';
import { NodeCardFrame } from '../../client/canvas/card/NodeCardFrame';
import { usePort } from '../../client/port/HostPort';
import { BranchContext, BranchRenderContext } from '../contexts/shared';
import type { ClientNode } from '../registry/types';

interface NodeDefaultViewProps {
  data: ClientNode;
  /** branches, below the card */
  children?: ReactNode;
  cardExtra?: ReactNode;
}

/** A node where there is no canvas, e.g. in a to-do of an extension. */
function PlainCard({ data, children, cardExtra }: NodeDefaultViewProps) {
  const { compile } = usePort();
  return (
    <div className={`workflow-node-type-${data.type}`}>
      <Card size="small" extra={cardExtra} title={<Tag>{data.type}</Tag>}>
        <Typography.Text>{compile(data.title ?? data.type)}</Typography.Text>
      </Card>
      {children}
    </div>
  );
}

/** The card of a node, with its branches below it. */
export function NodeDefaultView(props: NodeDefaultViewProps) {
  const isOnCanvas = useCardBridge() !== null;
  return isOnCanvas ? <NodeCardFrame extra={props.cardExtra}>{props.children}</NodeCardFrame> : <PlainCard {...props} />;
}

export interface BranchProps {
  from?: ClientNode;
  /** first node */
  entry?: ClientNode | null;
  branchIndex?: number | null;
  /** stands at the head of the branch */
  controller?: ReactNode;
  className?: string;
  /** what stands at the end; `true`: a cross */
  end?: ReactNode;
  addable?: boolean;
  syncOnly?: boolean;
  start?: boolean;
  startTitle?: ReactNode;
  dashed?: boolean;
}

function chainFrom(entry: ClientNode | null | undefined): ClientNode[] {
  const chain: ClientNode[] = [];
  for (let node = entry; node && !chain.includes(node); node = node.downstream) chain.push(node);
  return chain;
}

function PlainBranch({ entry, controller, className }: BranchProps) {
  const Node = useContext(BranchRenderContext) ?? NodeDefaultView;
  return (
    <div className={`workflow-branch ${className ?? ''}`}>
      {controller}
      <div className="workflow-node-list">
        {chainFrom(entry).map((node) => (
          <Node key={String(node.id)} data={node} />
        ))}
      </div>
    </div>
  );
}

/** A branch of the node around it: the canvas draws its nodes in a column of their own, with the controller at its head. */
export function Branch(props: BranchProps) {
  const { branchIndex = null, controller, end, addable = true, syncOnly = false, dashed, startTitle } = props;
  const isOnCanvas = useCardBridge() !== null;
  const context = useMemo(() => ({ branchIndex, addable, syncOnly }), [branchIndex, addable, syncOnly]);
  const isText = typeof startTitle === 'string';
  return (
    <BranchContext.Provider value={context}>
      {isOnCanvas ? (
        <BranchSlot
          branchIndex={branchIndex ?? 0}
          controller={controller ?? (isText ? undefined : startTitle)}
          label={isText ? startTitle : undefined}
          addable={addable}
          end={Boolean(end)}
          dashed={dashed}
          syncOnly={syncOnly}
        />
      ) : (
        <PlainBranch {...props} />
      )}
    </BranchContext.Provider>
  );
}
