import { CaretDownOutlined, CaretRightOutlined, LoadingOutlined } from '@ant-design/icons';
import { Button, Input, theme, Typography, type InputRef } from 'antd';
import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react';
import { useT } from '../../port/HostPort';
import { Secondary } from '../../ui/Secondary';
import { useFormScope } from '../context';
import { sampleAt, sampleText } from '../variables/resolve';
import { useTypeLabels } from '../variables/typeLabels';
import type { VariableNode } from '../variables/types';
import { useTreeRows, type TreeRow } from './useTreeRows';

interface PanelProps {
  tree: readonly VariableNode[];
  onSelect(node: VariableNode): void;
}

/**
 * Searchable tree of variables. The search field keeps the focus; arrows move through the tree, right and left open and
 * close, Enter chooses.
 */
export function VariablePanel({ tree, onSelect }: PanelProps) {
  const t = useT();
  const { token } = theme.useToken();
  const [query, setQuery] = useState('');
  const { rows, toggle } = useTreeRows(tree, query);
  const [activeId, setActiveId] = useState<string | null>(null);
  const listId = useId();
  const chosen = rows.findIndex(({ id }) => id === activeId);
  const active = chosen >= 0 ? chosen : Math.max(0, rows.findIndex(({ node, expanded }) => !node.disabled || expanded !== undefined));
  const current = rows[active];
  const rowId = (row: TreeRow) => `${listId}-${row.id}`;
  const list = useRef<HTMLDivElement>(null);

  const search = useRef<InputRef>(null);
  // The popover is not in the page yet when the field is mounted.
  useEffect(() => {
    const frame = requestAnimationFrame(() => search.current?.focus({ preventScroll: true }));
    return () => cancelAnimationFrame(frame);
  }, []);

  useEffect(() => {
    const element = list.current?.querySelector('[aria-selected="true"]');
    element?.scrollIntoView?.({ block: 'nearest' });
  }, [activeId]);

  const choose = (row: TreeRow) => {
    if (!row.node.disabled) onSelect(row.node);
    else if (row.expanded !== undefined) toggle(row.node, !row.expanded);
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const step = (to: number) => {
      const row = rows[Math.min(rows.length - 1, Math.max(0, to))];
      if (row) setActiveId(row.id);
      event.preventDefault();
    };
    if (event.key === 'ArrowDown') step(active + 1);
    else if (event.key === 'ArrowUp') step(active - 1);
    else if (event.key === 'Home' && !query) step(0);
    else if (event.key === 'End' && !query) step(rows.length - 1);
    else if (event.key === 'PageDown') step(active + 10);
    else if (event.key === 'PageUp') step(active - 10);
    else if (!current) return;
    else if (event.key === 'Enter') {
      event.preventDefault();
      choose(current);
    } else if (!query && (event.key === 'ArrowRight' || event.key === 'ArrowLeft') && current.expanded !== undefined) {
      event.preventDefault();
      toggle(current.node, event.key === 'ArrowRight');
    } else if (!query && event.key === 'ArrowLeft') {
      const parent = rows.slice(0, active).findLast(({ level }) => level < current.level);
      if (parent) step(rows.indexOf(parent));
    }
  };

  return (
    <div style={{ width: 380, maxWidth: 'calc(100vw - 48px)' }}>
      <Input
        ref={search}
        allowClear
        size="small"
        role="combobox"
        aria-label={t('Search variables')}
        aria-expanded
        aria-controls={listId}
        aria-activedescendant={current && rowId(current)}
        placeholder={t('Search variables')}
        value={query}
        onChange={(event) => setQuery(event.target.value)}
        onKeyDown={onKeyDown}
      />
      <div
        id={listId}
        ref={list}
        role="tree"
        aria-label={t('Variables')}
        style={{ maxHeight: 320, overflowY: 'auto', marginTop: token.marginXS }}
      >
        {rows.map((row) => (
          <Row
            key={row.id}
            id={rowId(row)}
            row={row}
            active={row === current}
            onHover={() => setActiveId(row.id)}
            onToggle={() => toggle(row.node, !row.expanded)}
            onChoose={() => onSelect(row.node)}
          />
        ))}
        {!rows.length && (
          <Typography.Paragraph style={{ margin: token.marginXS }}>
            <Secondary>
              {query ? t('No variable matches') : t('No variables here')}
            </Secondary>
          </Typography.Paragraph>
        )}
      </div>
    </div>
  );
}

interface RowProps {
  id: string;
  row: TreeRow;
  active: boolean;
  onHover(): void;
  onToggle(): void;
  onChoose(): void;
}

function Row({ id, row, active, onHover, onToggle, onChoose }: RowProps) {
  const { node, level, expanded, loading, trail } = row;
  const t = useT();
  const { token } = theme.useToken();
  const types = useTypeLabels();
  const sample = sampleText(sampleAt(useFormScope()?.samples, node.path));
  const isGroup = node.path.length === 1 && node.disabled;
  const isEmpty = node.disabled && expanded === undefined;
  const Caret = loading ? LoadingOutlined : expanded ? CaretDownOutlined : CaretRightOutlined;
  return (
    <div
      id={id}
      role="treeitem"
      aria-level={level}
      aria-expanded={expanded}
      aria-selected={active}
      aria-disabled={isEmpty}
      title={node.tooltip ?? node.path.join('.')}
      onMouseEnter={onHover}
      onMouseDown={(event) => event.preventDefault()}
      onClick={() => (expanded === undefined ? !node.disabled && onChoose() : onToggle())}
      style={{
        display: 'flex',
        alignItems: 'center',
        gap: token.marginXXS,
        minHeight: 28,
        paddingInlineStart: (level - 1) * 16 + 4,
        paddingInlineEnd: 4,
        borderRadius: token.borderRadiusSM,
        cursor: isEmpty ? 'default' : 'pointer',
        background: active ? token.controlItemBgHover : undefined,
        color: isEmpty ? token.colorTextDisabled : token.colorText,
        fontWeight: isGroup ? token.fontWeightStrong : undefined,
      }}
    >
      <span style={{ width: 14, flex: 'none', fontSize: 10, color: token.colorTextSecondary }}>{expanded !== undefined && <Caret />}</span>
      <span style={{ flex: 'none', maxWidth: '60%', overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' }}>
        {trail?.length ? <span style={{ color: token.colorTextSecondary }}>{trail.slice(1).map((label) => `${label} / `)}</span> : null}
        {node.label}
      </span>
      {node.type && <span style={{ flex: 'none', fontSize: token.fontSizeSM, color: token.colorTextSecondary }}>{types[node.type]}</span>}
      <span
        style={{
          flex: 1,
          minWidth: 0,
          overflow: 'hidden',
          textOverflow: 'ellipsis',
          whiteSpace: 'nowrap',
          textAlign: 'end',
          fontSize: token.fontSizeSM,
          fontFamily: token.fontFamilyCode,
          color: token.colorTextSecondary,
        }}
      >
        {isGroup ? null : sample}
      </span>
      {expanded !== undefined && !node.disabled && (
        <Button
          size="small"
          type="link"
          tabIndex={-1}
          style={{ flex: 'none', height: 22, paddingInline: 4 }}
          onClick={(event) => {
            event.stopPropagation();
            onChoose();
          }}
        >
          {t('Use')}
        </Button>
      )}
    </div>
  );
}
