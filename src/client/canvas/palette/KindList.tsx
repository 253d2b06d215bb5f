import { SearchOutlined } from '@ant-design/icons';
import { Empty, Input, Tooltip } from 'antd';
import { useEffect, useId, useMemo, useRef, useState } from 'react';
import type { Place } from '../../document/types';
import { useT } from '../../port/HostPort';
import type { NodeKind } from '../../registry/kinds';
import { useCanvas } from '../state/CanvasContext';
import { branchesAround, offeredKinds, type OfferedKind } from './offeredKinds';

interface Props {
  place: Place;
  onChoose(kind: NodeKind): void;
}

/** Types of nodes in their groups, filtered by what is typed. */
export function KindList({ place, onChoose }: Props) {
  const scope = useCanvas();
  const t = useT();
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const [text, setText] = useState('');
  const [active, setActive] = useState(0);
  const groups = useMemo(() => {
    const document = scope.document();
    const { foreign } = scope.store.get();
    const isSyncOnly = branchesAround(document, place).some(({ owner, branch }) =>
      foreign.get(owner)?.some(({ index, syncOnly }) => index === branch && syncOnly),
    );
    const noAsync = isSyncOnly ? t('This branch does not support asynchronous nodes.') : null;
    return offeredKinds({ registry: scope.registry(), document, place, noAsync }, text);
  }, [scope, place, text, t]);
  const kinds = useMemo(() => groups.flatMap((group) => group.kinds), [groups]);
  const current = kinds[active];

  useEffect(() => {
    list.current?.querySelector('[data-active=true]')?.scrollIntoView?.({ block: 'nearest' });
  }, [active, kinds]);

  const choose = (offered: OfferedKind | undefined) => {
    if (offered && offered.reason === null) onChoose(offered.kind);
  };

  return (
    <>
      <div style={{ padding: 8 }}>
        <Input
          autoFocus
          prefix={<SearchOutlined />}
          placeholder={t('Search node types')}
          role="combobox"
          aria-label={t('Search node types')}
          aria-expanded
          aria-controls={`${id}-list`}
          aria-activedescendant={current ? `${id}-${current.kind.type}` : undefined}
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            setActive(0);
          }}
          onKeyDown={(event) => {
            if (event.nativeEvent.isComposing) return;
            const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
            if (step !== undefined && kinds.length) setActive((active + step + kinds.length) % kinds.length);
            else if (event.key === 'Enter') choose(current);
            else return;
            event.preventDefault();
          }}
        />
      </div>
      <div ref={list} id={`${id}-list`} className="wf-kinds" role="group" aria-label={t('Node types')}>
        {kinds.length === 0 && <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('No node type matches')} />}
        {groups.map((group) => (
          <div key={group.key} role="group" aria-labelledby={`${id}-${group.key}`}>
            <div className="wf-kind-group" id={`${id}-${group.key}`}>
              {group.title}
            </div>
            {group.kinds.map((offered) => (
              <KindButton
                key={offered.kind.type}
                id={`${id}-${offered.kind.type}`}
                offered={offered}
                isActive={offered === current}
                onHover={() => setActive(kinds.indexOf(offered))}
                onChoose={() => choose(offered)}
              />
            ))}
          </div>
        ))}
      </div>
    </>
  );
}

interface ButtonProps {
  id: string;
  offered: OfferedKind;
  isActive: boolean;
  onHover(): void;
  onChoose(): void;
}

function KindButton({ id, offered: { kind, reason }, isActive, onHover, onChoose }: ButtonProps) {
  return (
    <Tooltip title={reason} placement="right">
      <button
        id={id}
        type="button"
        className={`wf-kind ${isActive ? 'wf-kind-active' : ''}`}
        data-active={isActive}
        aria-label={kind.type}
        aria-description={[kind.title, kind.description, reason].filter(Boolean).join('. ')}
        aria-disabled={reason !== null}
        tabIndex={-1}
        onPointerMove={isActive ? undefined : onHover}
        onClick={onChoose}
      >
        <span className="wf-icon" aria-hidden>
          {kind.icon}
        </span>
        <span style={{ minWidth: 0 }}>
          <span className="wf-kind-title">{kind.title}</span>
          <span className="wf-kind-text">{reason ?? kind.description}</span>
        </span>
      </button>
    </Tooltip>
  );
}
