import type { ComponentType } from 'react';
import { useDocument } from '../../client/document/DocumentContext';
import type { FlowNode } from '../../client/document/types';
import { ContractContexts } from './ContractContexts';
import { contractView, detachedRow } from './contractView';

type Card = ComponentType<{ data: unknown }>;

/** Card of an extension, which gets its node as a row whose neighbours are linked. */
export function contractCard(Foreign: Card): Card {
  return function ContractCard({ data }) {
    const document = useDocument();
    const node = data as FlowNode;
    const row = (document && contractView(document).byKey.get(node.key)) ?? detachedRow(node);
    return (
      <ContractContexts document={document ?? undefined} node={node.key}>
        <Foreign data={row} />
      </ContractContexts>
    );
  };
}
