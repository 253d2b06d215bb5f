import { CompressOutlined, MinusOutlined, PlusOutlined, PictureOutlined, QuestionOutlined, SearchOutlined } from '@ant-design/icons';
import { Tooltip } from 'antd';
import { useSyncExternalStore, type ReactNode } from 'react';
import { useT } from '../../port/HostPort';
import { useCanvas } from '../state/CanvasContext';
import type { Viewport } from './Viewport';

const STEP = 1.25;

/** Zoom, fit, search, overview and help; every gesture also has a button. */
export function ZoomControls({ children }: { children?: ReactNode }) {
  const { viewport, layout, store } = useCanvas();
  const t = useT();
  return (
    <div className="wf-panel wf-zoom workflow-canvas-zoomer" role="toolbar" aria-label={t('View')} data-wf-solid="">
      <Tool label={t('Search')} hint="Ctrl F" icon={<SearchOutlined />} onClick={() => store.set({ isSearchOpen: true })} />
      <Tool label={t('Zoom out')} icon={<MinusOutlined />} onClick={() => viewport.zoomTo(viewport.view.zoom / STEP)} />
      <Tool label={t('Zoom to 100%')} icon={<Level viewport={viewport} />} onClick={() => viewport.zoomTo(1)} />
      <Tool label={t('Zoom in')} icon={<PlusOutlined />} onClick={() => viewport.zoomTo(viewport.view.zoom * STEP)} />
      <Tool label={t('Show all')} hint="0" icon={<CompressOutlined />} onClick={() => viewport.fit(layout().bounds)} />
      <Tool
        label={t('Overview of the workflow')}
        hint="M"
        icon={<PictureOutlined />}
        onClick={() => store.set({ isMinimapShown: !store.get().isMinimapShown })}
      />
      <Tool label={t('Keyboard shortcuts')} hint="?" icon={<QuestionOutlined />} onClick={() => store.set({ isHelpOpen: true })} />
      {children}
    </div>
  );
}

/** Alone, since it changes with every turn of the wheel. */
function Level({ viewport }: { viewport: Viewport }) {
  const percent = useSyncExternalStore(viewport.onView, () => Math.round(viewport.view.zoom * 100));
  return <span className="wf-level">{percent}%</span>;
}

function Tool({ label, hint, icon, onClick }: { label: string; hint?: string; icon: ReactNode; onClick(): void }) {
  return (
    <Tooltip title={hint ? `${label} (${hint})` : label} mouseEnterDelay={0.5}>
      <button type="button" className="wf-quiet" aria-label={label} onClick={onClick}>
        {icon}
      </button>
    </Tooltip>
  );
}
