import { useCardBridge } from '../../client/canvas/card/CardBridge';
import { JobButton } from '../../client/canvas/card/JobButton';
import { NodeMenu } from '../../client/canvas/card/NodeMenu';
import { useCanvas } from '../../client/canvas/state/CanvasContext';

/** Menu of the node whose card is around it; nothing where the node cannot be changed. */
export function ContractRemoveButton() {
  const card = useCardBridge();
  return card && !card.readOnly && !card.isRun ? <NodeMenu node={card.node} tabIndex={0} /> : null;
}

function CanvasJobButton() {
  const { run } = useCanvas();
  const card = useCardBridge()!;
  return <JobButton jobs={card.jobs} tabIndex={0} onOpen={(id) => run()?.onJob(card.node.key, id)} />;
}

/** Jobs of the node whose card is around it, where a run is shown. */
export function ContractJobButton() {
  return useCardBridge()?.isRun ? <CanvasJobButton /> : null;
}
