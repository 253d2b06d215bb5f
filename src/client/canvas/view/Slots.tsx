import { memo } from 'react';
import type { Slot } from '../../layout/types';
import { useT } from '../../port/HostPort';
import { useCanvas, useCanvasState } from '../state/CanvasContext';
import { TRIGGER } from '../types';
import { dropVerdict } from './dropVerdict';

const SIZE = 24;
const DROP_WIDTH = 120;

/** Places to add a node, and to drop what is dragged. */
export const Slots = memo(function Slots({ slots }: { slots: readonly Slot[] }) {
  const t = useT();
  return (
    <div role="group" aria-label={t('Places to add a node')}>
      {slots.map((slot) => (
        <SlotButton key={slot.id} slot={slot} />
      ))}
    </div>
  );
});

/** `add-button-<type>-<title>[-<branch>]`: by these names tests and guides find the place. */
function useSlotLabel({ place }: Slot): string {
  const { document, titleOf } = useCanvas();
  const node = place.upstream === null ? undefined : document().nodes.get(place.upstream);
  return ['add-button', node?.type, node && titleOf(node), place.branch].filter((part) => part != null && part !== '').join('-');
}

const SlotButton = memo(function SlotButton({ slot }: { slot: Slot }) {
  const scope = useCanvas();
  const t = useT();
  const label = useSlotLabel(slot);
  const drag = useCanvasState((state) => state.drag?.keys ?? null);
  const isOver = useCanvasState((state) => state.drag?.over === slot.id);
  const isOpen = useCanvasState(
    ({ palette }) => palette?.place.upstream === slot.place.upstream && palette?.place.branch === slot.place.branch,
  );
  // Places of the card in focus are reached with Tab: the only way by keyboard into a branch that is empty yet.
  const isNear = useCanvasState(({ focus }) => focus === (slot.place.upstream ?? TRIGGER));
  const verdict = drag ? dropVerdict(scope.document(), drag, slot.place) : null;
  const width = verdict === 'fits' || verdict === 'warns' ? DROP_WIDTH : SIZE;
  const classes = [
    'wf-slot workflow-add-node-button',
    isOpen && 'wf-open',
    (verdict === 'fits' || verdict === 'warns') && 'wf-drop',
    verdict === 'warns' && 'wf-drop-warning',
    verdict === 'no' && 'wf-drop-no',
    isOver && verdict !== 'no' && 'wf-drop-over',
  ];
  return (
    <button
      type="button"
      className={classes.filter(Boolean).join(' ')}
      style={{ left: slot.x - width / 2, top: slot.y - SIZE / 2 }}
      aria-label={label}
      title={t('Add node')}
      tabIndex={isNear ? 0 : -1}
      data-wf-slot={slot.id}
      onClick={(event) => scope.openPalette(slot.place, event.currentTarget)}
    >
      {verdict && verdict !== 'no' ? t('Move here') : <span className="wf-plus" aria-hidden />}
    </button>
  );
});
