import { forwardRef, memo, useEffect, useId, useImperativeHandle, useMemo, useRef, useState, type RefObject } from 'react';
import { useKindContext } from './state/useKindContext';
import { HeadHosts } from './card/HeadHosts';
import { useActions } from './actions/useActions';
import { useCanvasKeys, type CanvasKeyEvent } from './input/useCanvasKeys';
import { useCanvasPointer } from './input/useCanvasPointer';
import { Palette } from './palette/Palette';
import { SearchBox } from './search/SearchBox';
import { ShortcutHelp } from './search/ShortcutHelp';
import { CanvasScopeProvider, type CanvasScope } from './state/CanvasContext';
import { CanvasStore } from './state/CanvasStore';
import { CANVAS_CSS } from './styles/css';
import { useCanvasTokens } from './styles/useCanvasTokens';
import { TRIGGER, type CanvasHandle, type CanvasProps } from './types';
import { useLayout } from './view/useLayout';
import { World } from './view/World';
import { usePanZoom } from './viewport/usePanZoom';
import { Minimap } from './viewport/Minimap';
import { useStartView } from './viewport/useStartView';
import { Viewport } from './viewport/Viewport';
import { ZoomControls } from './viewport/ZoomControls';
import { useT } from '../port/HostPort';
import { useStoreValue } from './state/useStoreValue';
import { DocumentProvider } from '../document/DocumentContext';
import { indexOf } from '../document/FlowIndex';
import type { FlowDocument } from '../document/types';

/** A workflow as people draw it, or one of its runs. Shows a document and reports edits as commands; it saves nothing. */
export const Canvas = memo(forwardRef<CanvasHandle, CanvasProps>(function Canvas(props, handle) {
  const { document, registry, editing, run, diff, faults, selection, onSelect, controls } = props;
  const t = useT();
  const root = useRef<HTMLDivElement>(null);
  const [store] = useState(() => new CanvasStore());
  const [viewport] = useState(() => new Viewport());
  const [heads] = useState(() => new HeadHosts());
  const idPrefix = useId();
  const tokens = useCanvasTokens();
  const { foreign, sizes, folded } = useStoreValue(store, ({ foreign, sizes, folded }) => ({ foreign, sizes, folded }));
  const readOnly = editing === undefined;
  const layout = useLayout({ document, registry, foreign, sizes, folded, readOnly });
  const kindContext = useKindContext();

  const latest = useRef({ props, layout, kindContext });
  latest.current = { props, layout, kindContext };
  const scopeRef = useRef<CanvasScope>();
  const [getScope] = useState(() => () => scopeRef.current!);
  const actions = useActions(getScope);
  scopeRef.current = useMemo(() => {
    const now = () => latest.current.props;
    const kindOf: CanvasScope['kindOf'] = (node) => now().registry.node(node.type);
    const revealSoon = (id: string) => {
      // After React has laid out what has just been edited.
      requestAnimationFrame(() => {
        const box = id === TRIGGER ? latest.current.layout.box('trigger') : latest.current.layout.card(id);
        if (box) viewport.reveal(box);
        const { activeElement, body } = globalThis.document;
        const canTakeFocus = activeElement === null || activeElement === body || root.current?.contains(activeElement);
        if (canTakeFocus) globalThis.document.getElementById(`${idPrefix}${id}`)?.focus({ preventScroll: true });
      });
    };
    return {
      idPrefix,
      store,
      viewport,
      heads,
      document: () => now().document,
      layout: () => latest.current.layout,
      registry: () => now().registry,
      editing: () => now().editing,
      run: () => now().run,
      kindContext: (node) => latest.current.kindContext(now().document, node),
      kindOf,
      titleOf: (node) => node.title || (kindOf(node)?.title ?? node.type),
      open: (key) => {
        const job = key === null ? undefined : now().run?.jobs.get(key)?.at(-1);
        if (job && key !== null) now().run?.onJob(key, job.id);
        else if (key === null && now().run?.onTrigger) now().run?.onTrigger?.();
        else now().onOpen?.(key);
      },
      revealSoon,
      openPalette: (place, from) => {
        const frame = root.current?.getBoundingClientRect();
        const slot = from ?? root.current?.querySelector<HTMLElement>(`[data-wf-slot="slot:${place.upstream ?? ''}:${place.branch ?? ''}"]`);
        const at = slot?.getBoundingClientRect();
        store.set({ palette: { place, at: at && frame ? { x: at.right - frame.left + 8, y: at.top - frame.top } : null } });
      },
      actions,
    } satisfies CanvasScope;
  }, [idPrefix, store, viewport, heads, actions]);
  const scope = scopeRef.current;

  usePanZoom(root, viewport);
  useCanvasPointer(root, getScope);
  const onKeyDown = useCanvasKeys(getScope);
  useStartView(viewport, layout.bounds);
  useFocusOfGone(document, scope);
  useKeysWithoutFocus(root, onKeyDown, editing !== undefined || props.onOpen !== undefined);
  useSelectionOfPage(store, selection, onSelect);
  useImperativeHandle(handle, () => ({
    focus: (key) => {
      const id = key ?? TRIGGER;
      unfold(scope, id);
      store.focus(id);
      root.current?.focus({ preventScroll: true });
      scope.revealSoon(id);
    },
    fit: () => viewport.fit(latest.current.layout.bounds),
    openSearch: () => store.set({ isSearchOpen: true }),
    openPalette: (place) => scope.openPalette(place),
  }), [scope, store, viewport]);

  const { isMinimapShown, isSearchOpen, isHelpOpen, palette, announcement } = useStoreValue(
    store,
    ({ isMinimapShown, isSearchOpen, isHelpOpen, palette, announcement }) => ({ isMinimapShown, isSearchOpen, isHelpOpen, palette, announcement }),
  );

  return (
    <CanvasScopeProvider value={scope}>
      <style>{CANVAS_CSS}</style>
      <div
        ref={root}
        className="wf-canvas workflow-canvas-wrapper"
        style={tokens}
        tabIndex={-1}
        onKeyDown={onKeyDown}
        onPaste={(event) => {
          if (isTypingIn(event.target) || !editing) return;
          event.preventDefault();
          void actions.paste(undefined, event.clipboardData.getData('text/plain'));
        }}
        onScroll={({ currentTarget }) => {
          // Browsers scroll to what gets the focus, even where nobody can scroll by hand: the view moves instead.
          const { scrollLeft, scrollTop } = currentTarget;
          if (scrollLeft === 0 && scrollTop === 0) return;
          currentTarget.scrollTo(0, 0);
          viewport.panBy(-scrollLeft, -scrollTop);
        }}
        onFocus={(event) => {
          const id = event.target.dataset.wfCard;
          if (id !== undefined && store.get().focus !== id) store.set({ focus: id });
        }}
      >
        <DocumentProvider value={document}>
          <World document={document} layout={layout} registry={registry} faults={faults} run={run} diff={diff} readOnly={readOnly} />
        </DocumentProvider>
        {isMinimapShown && document.nodes.size > 0 && <Minimap layout={layout} />}
        <ZoomControls>{controls}</ZoomControls>
        {isSearchOpen && <SearchBox document={document} />}
        {palette && editing && <Palette key={`${palette.place.upstream}:${palette.place.branch}`} place={palette.place} at={palette.at} />}
        <div className="wf-sr" role="status" aria-live="polite">
          {announcement}
        </div>
        {isHelpOpen && <ShortcutHelp readOnly={readOnly} onClose={() => store.set({ isHelpOpen: false })} />}
        <span className="wf-sr">{t('Arrow keys walk through the workflow, ? lists all keys')}</span>
      </div>
    </CanvasScopeProvider>
  );
}));

const isTypingIn = (target: EventTarget) =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA)$/.test(target.tagName));

/** Opens the branches around a node that are folded away. */
function unfold({ document, store }: CanvasScope, id: string): void {
  const index = indexOf(document());
  for (let owner = index.owner(id); owner; owner = index.owner(owner.key)) {
    if (store.get().folded.has(owner.key)) store.setFolded(owner.key, false);
  }
}

/** When the focused card is gone, e.g. after an undo, what stood before it gets the focus. */
function useFocusOfGone(document: FlowDocument, scope: CanvasScope): void {
  const before = useRef(document);
  useEffect(() => {
    const old = before.current;
    before.current = document;
    const { focus, selection } = scope.store.get();
    if (focus !== TRIGGER && !document.nodes.has(focus)) {
      const index = indexOf(old);
      let next: string | undefined = focus;
      while (next !== undefined && !document.nodes.has(next)) next = (index.previous(next) ?? index.owner(next))?.key;
      scope.store.focus(next ?? TRIGGER);
      scope.revealSoon(next ?? TRIGGER);
    } else if ([...selection].some((key) => !document.nodes.has(key))) {
      scope.store.select([...selection].filter((key) => document.nodes.has(key)));
    }
  }, [document, scope]);
}

/** Keys pressed while nothing has the focus are meant for the canvas, unless a dialog is open. */
function useKeysWithoutFocus(root: RefObject<HTMLElement | null>, onKeyDown: (event: CanvasKeyEvent) => void, isWanted: boolean): void {
  useEffect(() => {
    if (!isWanted) return undefined;
    const forward = (event: KeyboardEvent) => {
      const { body } = globalThis.document;
      const isDialogOpen = body.querySelector('.ant-modal-wrap:not([style*="display: none"]), .ant-drawer-open') !== null;
      if (event.target === body && root.current && !isDialogOpen && !event.defaultPrevented) onKeyDown(event);
    };
    globalThis.document.addEventListener('keydown', forward);
    return () => globalThis.document.removeEventListener('keydown', forward);
  }, [root, onKeyDown, isWanted]);
}

/** The page may set the selection and hears of it. */
function useSelectionOfPage(store: CanvasStore, selection: CanvasProps['selection'], onSelect: CanvasProps['onSelect']): void {
  useEffect(() => {
    if (selection) store.set({ selection });
  }, [store, selection]);
  useEffect(() => {
    if (!onSelect) return undefined;
    let before = store.get().selection;
    return store.subscribe(() => {
      const now = store.get().selection;
      if (now === before) return;
      before = now;
      onSelect(now);
    });
  }, [store, onSelect]);
}
