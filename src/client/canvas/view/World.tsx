import { memo, useLayoutEffect, useMemo, useRef } from 'react';
import { indexOf } from '../../document/FlowIndex';
import type { FlowDocument, NodeKey } from '../../document/types';
import type { Box, Edge, Layout } from '../../layout/types';
import { useT } from '../../port/HostPort';
import type { Fault, KindRegistry } from '../../registry/kinds';
import { NO_FAULTS, NO_JOBS } from '../card/CardBridge';
import { NodeCard } from '../card/NodeCard';
import { TriggerCard } from '../card/TriggerCard';
import { useCanvas, useCanvasState } from '../state/CanvasContext';
import { TRIGGER, type DiffOverlay, type RunOverlay } from '../types';
import { overlaps } from '../viewport/Viewport';
import { useWindow } from '../viewport/useWindow';
import { Edges, type EdgeState } from './Edges';
import { Marker } from './Markers';
import { NoteCard } from './NoteCard';
import { Slots } from './Slots';
import { summaryOf } from './summaryOf';
import { treeInfo } from './treeInfo';

interface Props {
  document: FlowDocument;
  layout: Layout;
  registry: KindRegistry;
  faults?: ReadonlyMap<NodeKey | null, readonly Fault[]>;
  run?: RunOverlay;
  diff?: DiffOverlay;
  readOnly: boolean;
}

/** What a run makes of a line: it went there, it never will, or it has not yet. */
function edgeState(edge: Edge, run: RunOverlay | undefined): EdgeState {
  if (!run) return '';
  const ran = (key: NodeKey | null) => key === null || (run.jobs.get(key)?.length ?? 0) > 0;
  if (edge.to !== null) {
    if (run.skipped.has(edge.to)) return 'skipped';
    return ran(edge.to) ? 'taken' : '';
  }
  if (edge.from !== null && run.skipped.has(edge.from)) return 'skipped';
  if (edge.branch !== undefined && edge.from !== null) return run.takenBranches?.get(edge.from)?.has(edge.branch) ? 'taken' : '';
  return '';
}

export const World = memo(function World({ document, layout, registry, faults, run, diff, readOnly }: Props) {
  const scope = useCanvas();
  const t = useT();
  const world = useRef<HTMLDivElement>(null);
  const window = useWindow(scope.viewport);
  const focus = useCanvasState((state) => state.focus);
  const info = treeInfo(document);

  useLayoutEffect(() => {
    const place = () => {
      const { x, y, zoom } = scope.viewport.view;
      if (world.current) world.current.style.transform = `translate(${x}px,${y}px) scale(${zoom})`;
    };
    place();
    return scope.viewport.onView(place);
  }, [scope.viewport]);

  const visible = useMemo(() => layout.visible(window), [layout, window]);
  const cards = useMemo(
    () => cardsToRender(document, layout, registry, visible.boxes, focus),
    [document, layout, registry, visible, focus],
  );
  const markers = visible.boxes.filter(({ kind }) => kind !== 'node' && kind !== 'trigger' && kind !== 'note');
  const foreignHeads = useMemo(
    () => layout.boxes.filter((box) => box.kind === 'head' && box.key !== null && registry.node(document.nodes.get(box.key)?.type ?? '')?.card),
    [layout, registry, document],
  );
  const heads = [...new Set([...markers, ...foreignHeads])];
  const trigger = layout.box('trigger')!;
  const triggerKind = registry.trigger(document.trigger.type);
  const showsTrigger = overlaps(trigger, window) || focus === TRIGGER;
  const chainLength = 1 + [...info.values()].filter(({ level }) => level === 1).length;
  const kindContext = scope.kindContext();

  return (
    <div ref={world} className="wf-world workflow-canvas">
      <Edges edges={visible.edges} stateOf={run ? (edge) => edgeState(edge, run) : undefined} />
      <div role="tree" className="wf-tree" aria-label={t('Workflow')} aria-multiselectable={!readOnly}>
        {showsTrigger && (
          <TriggerCard
            x={trigger.x}
            y={trigger.y}
            width={trigger.width}
            height={trigger.height}
            trigger={document.trigger}
            workflowKey={document.workflow.key}
            setSize={chainLength}
            summary={triggerKind?.summary?.(document.trigger.config, kindContext) ?? null}
            faults={faults?.get(null) ?? NO_FAULTS}
            isRun={run !== undefined}
            isChanged={diff?.triggerChanged ?? false}
          />
        )}
        {cards.map((box) => {
          const node = document.nodes.get(box.key!)!;
          const own = info.get(node.key)!;
          const kind = registry.node(node.type);
          return (
            <NodeCard
              key={node.key}
              node={node}
              x={box.x}
              y={box.y}
              width={box.width}
              height={box.height}
              level={own.level}
              position={own.position}
              setSize={own.setSize}
              branchLabel={branchLabel(document, registry, node.key, own.branch)}
              summary={summaryOf(node, kind, scope.kindContext(node))}
              faults={faults?.get(node.key) ?? NO_FAULTS}
              jobs={run?.jobs.get(node.key) ?? NO_JOBS}
              isSkipped={run?.skipped.has(node.key) ?? false}
              isLost={indexOf(document).isLost(node.key)}
              inside={own.inside}
              mark={diff?.marks.get(node.key)}
              readOnly={readOnly}
              isRun={run !== undefined}
            />
          );
        })}
      </div>
      {heads.map((box) => (
        <Marker key={box.id} box={box} state={headState(box, document, run)} />
      ))}
      {visible.boxes.map((box) => {
        const note = box.kind === 'note' ? document.notes.find(({ id }) => `note:${id}` === box.id) : undefined;
        return note && <NoteCard key={box.id} note={note} box={box} readOnly={readOnly} />;
      })}
      {!readOnly && <Slots slots={visible.slots} />}
    </div>
  );
});

/** Visible cards, the focused one, and those of extensions, which tell the canvas about their branches; in reading order. */
function cardsToRender(document: FlowDocument, layout: Layout, registry: KindRegistry, visible: readonly Box[], focus: string): Box[] {
  const wanted = new Set(visible.filter((box) => box.kind === 'node'));
  const focused = layout.card(focus);
  if (focused) wanted.add(focused);
  for (const node of document.nodes.values()) {
    const box = registry.node(node.type)?.card && layout.card(node.key);
    if (box) wanted.add(box);
  }
  const { position } = indexOf(document);
  return [...wanted].sort((a, b) => position(a.key!) - position(b.key!));
}

function branchLabel(document: FlowDocument, registry: KindRegistry, key: NodeKey, branch: number | null): string | undefined {
  if (branch === null) return undefined;
  const owner = indexOf(document).owner(key);
  if (!owner) return undefined;
  return registry.node(owner.type)?.branches(owner.config).find(({ index }) => index === branch)?.label ?? String(branch);
}

function headState({ key, branch }: Box, document: FlowDocument, run: RunOverlay | undefined): EdgeState {
  if (!run || key === null || branch === undefined) return '';
  const head = indexOf(document).branches(key).find((item) => item.branch === branch)?.head;
  if (run.takenBranches?.get(key)?.has(branch)) return 'taken';
  if (head) return run.skipped.has(head.key) ? 'skipped' : (run.jobs.get(head.key)?.length ?? 0) > 0 ? 'taken' : '';
  return run.skipped.has(key) ? 'skipped' : '';
}
