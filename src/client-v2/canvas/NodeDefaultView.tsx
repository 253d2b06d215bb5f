import { Card, Tag, Typography } from 'antd';
import type { ReactNode } from 'react';
import { BranchContext, BranchRenderContext } from '../contexts/shared';
import { useCompiledText } from '../host/translation';
import type { ClientNode } from '../registry/types';
import { useContext } from 'react';

/** The card of a node, with its branches below it. */
export function NodeDefaultView({
  data,
  children,
  cardExtra,
}: {
  data: ClientNode;
  children?: ReactNode;
  cardExtra?: ReactNode;
}) {
  const compile = useCompiledText();
  return (
    <div className={`workflow-node-type-${data.type}`}>
      <Card size="small" extra={cardExtra} title={<Tag>{data.type}</Tag>}>
        <Typography.Text>{compile(data.title ?? data.type)}</Typography.Text>
      </Card>
      {children}
    </div>
  );
}

interface BranchProps {
  entry?: ClientNode | null;
  branchIndex?: number | null;
  controller?: ReactNode;
  className?: string;
  addable?: boolean;
  syncOnly?: boolean;
}

/** The chain of nodes from `entry` on. */
export function Branch({ entry, branchIndex = null, controller, className, addable = true, syncOnly = false }: BranchProps) {
  const Node = useContext(BranchRenderContext) ?? NodeDefaultView;
  const chain: ClientNode[] = [];
  for (let node = entry; node; node = node.downstream) chain.push(node);
  return (
    <BranchContext.Provider value={{ branchIndex, addable, syncOnly }}>
      <div className={`workflow-branch ${className ?? ''}`}>
        {controller}
        <div className="workflow-node-list">
          {chain.map((node) => (
            <Node key={String(node.id)} data={node} />
          ))}
        </div>
      </div>
    </BranchContext.Provider>
  );
}
