import { useEffect, useMemo, useRef, useState } from 'react';
import type { Place } from '../../document/types';
import { useT } from '../../port/HostPort';
import type { NodeKind } from '../../registry/kinds';
import { isOccupied } from '../actions/useActions';
import { useCanvas } from '../state/CanvasContext';
import { TRIGGER } from '../types';
import { KindList } from './KindList';
import { PresetStep } from './PresetStep';

const WIDTH = 340;
const MAX_HEIGHT = 480;
const MARGIN = 8;

/** Chooses what to add at a place: type to filter, arrows and Enter; then what the type asks, if it asks anything. */
export function Palette({ place, at }: { place: Place; at: { x: number; y: number } | null }) {
  const scope = useCanvas();
  const t = useT();
  const panel = useRef<HTMLDivElement>(null);
  const [kind, setKind] = useState<NodeKind | null>(null);
  const position = usePosition(at);

  const close = () => {
    scope.store.set({ palette: null });
    scope.revealSoon(place.upstream ?? TRIGGER);
  };
  const choose = (chosen: NodeKind) => {
    const asksBranch = isOccupied(scope.document(), place) && chosen.branches(chosen.defaultConfig()).length > 0;
    if (chosen.preset || asksBranch) {
      setKind(chosen);
      return;
    }
    scope.store.set({ palette: null });
    scope.actions.add(chosen.type, place);
  };

  useEffect(() => {
    const onPointerDown = (event: PointerEvent) => {
      const isInside = event.target instanceof Element && (panel.current?.contains(event.target) || event.target.closest('.ant-select-dropdown, .ant-popover, .ant-cascader-dropdown, .ant-modal-root, .ant-picker-dropdown, .ant-dropdown'));
      if (!isInside) scope.store.set({ palette: null });
    };
    globalThis.document.addEventListener('pointerdown', onPointerDown, true);
    return () => globalThis.document.removeEventListener('pointerdown', onPointerDown, true);
  }, [scope]);

  return (
    <div
      ref={panel}
      className="wf-panel wf-palette"
      role="dialog"
      aria-label={kind ? t('Add "{{title}}"', { title: kind.title }) : t('Add node')}
      data-wf-solid=""
      style={position}
      onWheel={(event) => event.stopPropagation()}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key !== 'Escape') return;
        if (kind) setKind(null);
        else close();
      }}
    >
      {kind ? (
        <PresetStep
          kind={kind}
          place={place}
          onBack={() => setKind(null)}
          onAdd={(options) => {
            scope.store.set({ palette: null });
            scope.actions.add(kind.type, place, options);
          }}
        />
      ) : (
        <KindList place={place} onChoose={choose} />
      )}
    </div>
  );
}

/** Beside the slot, and always inside the canvas. */
function usePosition(at: { x: number; y: number } | null) {
  const { viewport } = useCanvas();
  return useMemo(() => {
    const { width, height } = viewport.size;
    const room = { width: Math.min(WIDTH, width - 2 * MARGIN), height: Math.min(MAX_HEIGHT, height - 2 * MARGIN) };
    const clamp = (value: number, max: number) => Math.max(MARGIN, Math.min(value, max));
    const wanted = at ?? { x: (width - room.width) / 2, y: 64 };
    return {
      width: room.width || WIDTH,
      maxHeight: room.height || MAX_HEIGHT,
      left: clamp(wanted.x, width - room.width - MARGIN),
      top: clamp(wanted.y - 24, height - room.height - MARGIN),
    };
  }, [viewport, at]);
}
