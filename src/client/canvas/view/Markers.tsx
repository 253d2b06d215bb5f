import { CloseOutlined } from '@ant-design/icons';
import { memo, useEffect, useRef } from 'react';
import type { Box } from '../../layout/types';
import { useT } from '../../port/HostPort';
import { useCanvas, useCanvasState } from '../state/CanvasContext';

const area = ({ x, y, width, height }: Box) => ({ left: x, top: y, width, height });

/** Everything that is neither a card nor a note: heads and ends of branches, what is folded away, and what is lost. */
export const Marker = memo(function Marker({ box, state }: { box: Box; state: '' | 'taken' | 'skipped' }) {
  const t = useT();
  if (box.kind === 'head') return <BranchHead box={box} state={state} />;
  if (box.kind === 'collapsed') return <Collapsed box={box} />;
  if (box.kind === 'lost') {
    return (
      <div className="wf-branch-head" style={area(box)}>
        <span className="wf-pill" style={{ borderColor: 'var(--wf-warning)' }}>
          {t('Nothing leads here')}
        </span>
      </div>
    );
  }
  if (box.key !== null) {
    return (
      <div className="wf-branch-head end-sign" style={area(box)} title={t('This branch ends here')} role="img" aria-label={t('This branch ends here')}>
        <span className="wf-stop" style={{ position: 'static', width: 20, height: 20 }}>
          <CloseOutlined />
        </span>
      </div>
    );
  }
  return (
    <div className="wf-end end-sign" style={area(box)}>
      {t('End')}
    </div>
  );
});

function BranchHead({ box, state }: { box: Box; state: '' | 'taken' | 'skipped' }) {
  const { heads, store } = useCanvas();
  const host = useRef<HTMLDivElement>(null);
  const isForeign = useCanvasState(({ foreign }) => foreign.get(box.key ?? '')?.some(({ index, hasController }) => index === box.branch && hasController) ?? false);
  useEffect(() => {
    const element = host.current;
    if (!isForeign || !element) return;
    heads.set(box.id, element);
    const measure = () => store.setSize(box.id, { width: Math.max(24, element.offsetWidth), height: Math.max(24, element.offsetHeight) });
    const resizer = typeof ResizeObserver === 'undefined' ? undefined : new ResizeObserver(measure);
    resizer?.observe(element);
    return () => {
      resizer?.disconnect();
      heads.set(box.id, null);
    };
  }, [heads, store, box.id, isForeign]);
  return (
    <div className="wf-branch-head" style={area(box)}>
      {isForeign ? (
        <div ref={host} data-wf-solid="" className="workflow-branch-controller" />
      ) : (
        <span className={`wf-pill ${state && `wf-${state}`}`} title={box.label}>
          {box.label}
        </span>
      )}
    </div>
  );
}

function Collapsed({ box }: { box: Box }) {
  const { store } = useCanvas();
  const t = useT();
  return (
    <div className="wf-branch-head" style={area(box)}>
      <button type="button" tabIndex={-1} className="wf-pill" style={{ cursor: 'pointer' }} onClick={() => box.key !== null && store.setFolded(box.key, false)}>
        {t('Hidden nodes: {{count}}', { count: box.hidden })}
      </button>
    </div>
  );
}
