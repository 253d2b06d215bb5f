import { App } from 'antd';
import { useMemo, useRef } from 'react';
import { insertNode, renameNode, setTrigger } from '../../document/commands/nodes';
import { moveNodes, rootsOf } from '../../document/commands/move';
import { addNote } from '../../document/commands/notes';
import { newlyBroken } from '../../document/references';
import { indexOf, occupant } from '../../document/FlowIndex';
import type { FlowDocument, NodeKey, Place } from '../../document/types';
import { useT } from '../../port/HostPort';
import { errorText } from '../../ui/errorText';
import type { CanvasActions, CanvasScope } from '../state/CanvasContext';
import { TRIGGER } from '../types';
import { copyText, pasteText } from './clipboard';
import { newKey } from './newKey';
import { useRemove } from './useRemove';

type ScopeSource = () => CanvasScope;

/** Edits of the canvas as steps of undo, with what they announce. The object never changes. */
export function useActions(scope: ScopeSource): CanvasActions {
  const t = useT();
  const { message } = App.useApp();
  const remove = useRemove(scope);
  const latest = useRef({ t, message, remove });
  latest.current = { t, message, remove };
  return useMemo(() => createActions(scope, () => latest.current), [scope]);
}

interface Surroundings {
  t: ReturnType<typeof useT>;
  message: ReturnType<typeof App.useApp>['message'];
  remove: CanvasActions['remove'];
}

function createActions(scope: ScopeSource, now: () => Surroundings): CanvasActions {
  const apply = (label: string, command: (document: FlowDocument) => FlowDocument) => {
    const { editing, store } = scope();
    const result = editing()?.apply(label, command) ?? null;
    if (result) store.announce(label);
    return result;
  };

  /** Selects nodes that have just appeared and brings the first one into sight. */
  const show = (keys: readonly NodeKey[]) => {
    const [first] = keys;
    if (first === undefined) return;
    scope().store.set({ focus: first, selection: new Set(keys), anchor: first });
    scope().revealSoon(first);
  };

  /** Where pasted and duplicated nodes go: after the selection, else after the focused card. */
  const defaultPlace = (): Place => {
    const { store, document } = scope();
    const { selection, focus } = store.get();
    const { position } = indexOf(document());
    const last = [...selection].sort((a, b) => position(a) - position(b)).at(-1) ?? (focus === TRIGGER ? undefined : focus);
    return last !== undefined && document().nodes.has(last) ? { upstream: last, branch: null } : { upstream: null, branch: null };
  };

  const paste = (place: Place, text: string): boolean => {
    const { document, store, kindOf, editing } = scope();
    const { t, message } = now();
    const result = pasteText(document(), text, { place, newKey, resolves: editing()?.resolves });
    if (!result) return false;
    if (!apply(t('Pasted'), () => result.document)) return true;
    store.set({ cut: new Set() });
    show(result.roots);
    const unknown = result.keys.filter((key) => !kindOf(result.document.nodes.get(key)!));
    if (result.broken.size > 0) {
      void message.warning(t('Some variables do not exist here; they are marked on their nodes'));
    }
    if (unknown.length > 0) void message.warning(t('Some nodes are of a type that is not installed'));
    return true;
  };

  const copy = async (keys: ReadonlySet<NodeKey>): Promise<boolean> => {
    const { document } = scope();
    const { t, message } = now();
    if (keys.size === 0) return false;
    try {
      await navigator.clipboard.writeText(copyText(document(), keys));
      return true;
    } catch (failure) {
      void message.error(`${t('The clipboard cannot be written')}: ${errorText(failure)}`);
      return false;
    }
  };

  return {
    add(type, place, { config, moveDownstreamTo } = {}) {
      const { registry } = scope();
      const kind = registry().node(type);
      if (!kind) return null;
      const key = newKey();
      const node = { key, type, title: kind.title, config: config ?? kind.defaultConfig() };
      const result = apply(now().t('{{title}} added', { title: kind.title }), (document) => insertNode(document, { place, node, moveDownstreamTo }));
      if (!result) return null;
      show([key]);
      return key;
    },

    rename(id, title) {
      const { t } = now();
      apply(t('Renamed'), (document) => (id === TRIGGER ? setTrigger(document, { title }) : renameNode(document, { key: id, title })));
    },

    remove: (keys) => now().remove(keys),

    move(keys, place) {
      const moved = [...keys];
      const { t, message } = now();
      const before = scope().document();
      const after = apply(t('Moved'), (document) => moveNodes(document, { keys: moved, place }));
      if (!after) return;
      show(moved);
      const broken = newlyBroken(before, after).map(({ node }) => scope().titleOf(node));
      if (broken.length > 0) void message.warning(t('Variables cannot be read any more in: {{nodes}}', { nodes: broken.join(', ') }));
    },

    shift(key, direction) {
      const { document } = scope();
      const node = document().nodes.get(key);
      if (!node) return;
      const index = indexOf(document());
      const before = index.previous(key);
      const after = index.next(key);
      if (direction < 0 && before) {
        this.move([key], { upstream: before.upstream, branch: before.branch });
      } else if (direction > 0 && after) {
        this.move([key], { upstream: after.key, branch: null });
      }
    },

    async copy(keys) {
      const { store } = scope();
      if (await copy(keys)) {
        store.set({ cut: new Set() });
        store.announce(now().t('Copied'));
      }
    },

    async cut(keys) {
      const { store, editing, document } = scope();
      if (!editing() || !(await copy(keys))) return;
      store.set({ cut: new Set(rootsOf(document(), keys)) });
      now().remove(keys, { isCut: true });
    },

    async paste(place, text) {
      if (!scope().editing()) return;
      const { t, message } = now();
      try {
        const content = text ?? (await navigator.clipboard.readText());
        if (!paste(place ?? defaultPlace(), content)) void message.info(t('There are no nodes on the clipboard'));
      } catch (failure) {
        void message.error(`${t('The clipboard cannot be read')}: ${errorText(failure)}`);
      }
    },

    duplicate(keys) {
      const { document } = scope();
      if (keys.size === 0) return;
      const roots = rootsOf(document(), keys);
      paste({ upstream: roots.at(-1)!, branch: null }, copyText(document(), keys));
    },

    addNote(at) {
      const { store } = scope();
      const id = newKey();
      if (apply(now().t('Note added'), (document) => addNote(document, { id, at, text: '' }))) store.set({ renaming: `note:${id}` });
    },
  };
}

/** Whether something stands at a place, which a new branching node would have to take in or leave behind. */
export const isOccupied = (document: FlowDocument, place: Place): boolean => occupant(document, place) !== null;
