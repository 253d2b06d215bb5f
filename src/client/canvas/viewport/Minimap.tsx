import { theme } from 'antd';
import { useEffect, useRef } from 'react';
import type { Layout } from '../../layout/types';
import { useT } from '../../port/HostPort';
import { useCanvas, useCanvasState } from '../state/CanvasContext';
import { clipped, contains, visibleRect } from './Viewport';

const WIDTH = 168;
const HEIGHT = 120;
/** A short flow is not drawn larger than this: its overview would look like a flow of its own. */
const MAX_SCALE = 0.15;
const LINE = 1.5;

/** The whole flow in small, painted on one canvas; a click or drag goes there. */
export function Minimap({ layout }: { layout: Layout }) {
  const { viewport } = useCanvas();
  const t = useT();
  const { token } = theme.useToken();
  const canvas = useRef<HTMLCanvasElement>(null);
  const selection = useCanvasState((state) => state.selection);

  useEffect(() => {
    const element = canvas.current;
    const pen = element?.getContext('2d');
    if (!element || !pen) return;
    const ratio = globalThis.devicePixelRatio || 1;
    element.width = WIDTH * ratio;
    element.height = HEIGHT * ratio;
    let request = 0;
    const paint = () => {
      request = 0;
      const { scale, left, top } = projection(layout);
      pen.setTransform(ratio, 0, 0, ratio, 0, 0);
      pen.clearRect(0, 0, WIDTH, HEIGHT);
      for (const { kind, key, x, y, width, height } of layout.boxes) {
        if (kind !== 'node' && kind !== 'trigger') continue;
        pen.fillStyle = key !== null && selection.has(key) ? token.colorPrimary : kind === 'trigger' ? token.colorPrimaryBorderHover : token.colorTextQuaternary;
        pen.fillRect(left + x * scale, top + y * scale, Math.max(2, width * scale), Math.max(1.5, height * scale));
      }
      const seen = visibleRect(viewport.view, viewport.size);
      const frame = clipped({ x: left + seen.x * scale, y: top + seen.y * scale, width: seen.width * scale, height: seen.height * scale }, { width: WIDTH, height: HEIGHT }, LINE / 2);
      if (!frame || contains(seen, layout.bounds)) return;
      pen.strokeStyle = token.colorPrimary;
      pen.lineWidth = LINE;
      pen.strokeRect(frame.x, frame.y, frame.width, frame.height);
    };
    const schedule = () => {
      request ||= requestAnimationFrame(paint);
    };
    paint();
    const stop = viewport.onView(schedule);
    return () => {
      stop();
      cancelAnimationFrame(request);
    };
  }, [layout, viewport, selection, token]);

  const goTo = (event: React.PointerEvent<HTMLCanvasElement>) => {
    if (event.buttons !== 1) return;
    const box = event.currentTarget.getBoundingClientRect();
    const { scale, left, top } = projection(layout);
    const { zoom } = viewport.view;
    const x = (event.clientX - box.left - left) / scale;
    const y = (event.clientY - box.top - top) / scale;
    viewport.setView({ zoom, x: viewport.size.width / 2 - x * zoom, y: viewport.size.height / 2 - y * zoom });
  };

  return (
    <div className="wf-panel wf-minimap" data-wf-solid="">
      <canvas
        ref={canvas}
        role="img"
        aria-label={t('Overview of the workflow')}
        style={{ width: WIDTH, height: HEIGHT }}
        onPointerDown={(event) => {
          event.stopPropagation();
          event.currentTarget.setPointerCapture?.(event.pointerId);
          goTo(event);
        }}
        onPointerMove={goTo}
      />
    </div>
  );
}

function projection({ bounds }: Layout): { scale: number; left: number; top: number } {
  const scale = Math.min(MAX_SCALE, WIDTH / bounds.width, HEIGHT / bounds.height);
  return {
    scale,
    left: (WIDTH - bounds.width * scale) / 2 - bounds.x * scale,
    top: (HEIGHT - bounds.height * scale) / 2 - bounds.y * scale,
  };
}
