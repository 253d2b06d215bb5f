import { CloseOutlined, DownOutlined, SearchOutlined, UpOutlined } from '@ant-design/icons';
import { Input } from 'antd';
import { useEffect, useMemo, useState } from 'react';
import { indexOf } from '../../document/FlowIndex';
import { searchFlow, type SearchHit } from '../../document/search';
import type { FlowDocument } from '../../document/types';
import { useT } from '../../port/HostPort';
import { Secondary } from '../../ui/Secondary';
import { useCanvas, type CanvasScope } from '../state/CanvasContext';
import { TRIGGER } from '../types';

/** Finds cards by any text in them; Enter goes to the next one, Escape stays at the present one. */
export function SearchBox({ document }: { document: FlowDocument }) {
  const scope = useCanvas();
  const t = useT();
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const hits = useMemo(() => {
    const registry = scope.registry();
    const typeTitle = (type: string, isTrigger: boolean) => (isTrigger ? registry.trigger(type) : registry.node(type))?.title ?? type;
    return searchFlow(document, text, { typeTitle }).map((hit) => ({ id: hit.key ?? TRIGGER, excerpt: excerptOf(hit), title: titleOf(scope, hit) }));
  }, [scope, document, text]);
  const current = hits[at]?.id ?? null;

  useEffect(() => {
    scope.store.set({ hits: new Set(hits.map(({ id }) => id)), currentHit: current });
    if (current === null) return;
    const index = indexOf(scope.document());
    for (let owner = index.owner(current); owner; owner = index.owner(owner.key)) {
      if (scope.store.get().folded.has(owner.key)) scope.store.setFolded(owner.key, false);
    }
    const box = current === TRIGGER ? scope.layout().box('trigger') : scope.layout().card(current);
    if (box) scope.viewport.reveal(box);
  }, [scope, hits, current]);
  useEffect(() => () => scope.store.set({ hits: new Set(), currentHit: null }), [scope]);

  const step = (by: number) => setAt((index) => (hits.length ? (index + by + hits.length) % hits.length : 0));
  const close = (id = current) => {
    scope.store.set({ isSearchOpen: false });
    if (id === null) return;
    scope.store.focus(id);
    requestAnimationFrame(() => globalThis.document.getElementById(`${scope.idPrefix}${id}`)?.focus({ preventScroll: true }));
  };

  return (
    <div className="wf-panel wf-search" role="search" data-wf-solid="" onKeyDown={(event) => event.stopPropagation()} onWheel={(event) => event.stopPropagation()}>
      <Input
        autoFocus
        prefix={<SearchOutlined />}
        value={text}
        placeholder={t('Title, type, configuration, variable')}
        aria-label={t('Search')}
        onChange={(event) => {
          setText(event.target.value);
          setAt(0);
        }}
        onKeyDown={(event) => {
          if (event.key === 'Escape') close();
          else if (event.key === 'Enter') step(event.shiftKey ? -1 : 1);
          else if (event.key === 'ArrowDown') step(1);
          else if (event.key === 'ArrowUp') step(-1);
          else return;
          event.preventDefault();
        }}
        suffix={
          <>
            <Secondary aria-live="polite">
              {text && (hits.length ? `${at + 1} / ${hits.length}` : t('No hits'))}
            </Secondary>
            <button type="button" className="wf-quiet" aria-label={t('Previous hit')} onClick={() => step(-1)}>
              <UpOutlined />
            </button>
            <button type="button" className="wf-quiet" aria-label={t('Next hit')} onClick={() => step(1)}>
              <DownOutlined />
            </button>
            <button type="button" className="wf-quiet" aria-label={t('Close')} onClick={() => close()}>
              <CloseOutlined />
            </button>
          </>
        }
      />
      {hits.length > 1 && (
        <ul className="wf-hits" style={{ listStyle: 'none', padding: 0, marginBottom: 0 }}>
          {hits.slice(0, 50).map((hit, index) => (
            <li key={hit.id}>
              <button
                type="button"
                className="wf-quiet"
                aria-current={index === at}
                style={{ width: '100%', height: 'auto', minHeight: 28, justifyContent: 'flex-start', background: index === at ? 'var(--wf-fill)' : undefined }}
                onClick={() => setAt(index)}
                onDoubleClick={() => close(hit.id)}
              >
                <span style={{ color: 'var(--wf-text)' }}>{hit.title}</span>
                <span style={{ overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' }}>{hit.excerpt}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

const EXCERPT = 40;

/** What was found where the title does not show it. */
function excerptOf({ matches }: SearchHit): string {
  const [first] = matches;
  if (!first || first.field === 'title') return '';
  const start = Math.max(0, (first.ranges[0]?.[0] ?? 0) - EXCERPT / 2);
  const text = first.text.slice(start, start + 2 * EXCERPT);
  return `${first.path && first.field !== 'note' ? `${first.path}: ` : ''}${start > 0 ? '…' : ''}${text}`;
}

function titleOf({ document, registry, titleOf: nodeTitle }: CanvasScope, { key }: SearchHit): string {
  const { trigger, nodes } = document();
  if (key === null) return trigger.title || (registry().trigger(trigger.type)?.title ?? trigger.type);
  const node = nodes.get(key);
  return node ? nodeTitle(node) : key;
}
