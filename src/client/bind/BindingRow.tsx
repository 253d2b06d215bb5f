import { CloseOutlined, ExportOutlined, HolderOutlined } from '@ant-design/icons';
import { useSortable } from '@dnd-kit/sortable';
import { Button, Flex, Tag, Tooltip, theme } from 'antd';
import { useCallback, useId, type KeyboardEvent } from 'react';
import { usePort } from '../port/HostPort';
import type { Binding } from './bindings';
import { ContextSelect } from './ContextSelect';
import { FaultNote } from './FaultNote';
import type { BindingFault } from './state';
import { isSameCollection, resolveContext, type BindTarget } from './target';
import { WorkflowSelect, type WorkflowSelectProps } from './WorkflowSelect';
import { findCandidates, type BindableWorkflow } from './workflows';

export interface BindingRowProps {
  id: string;
  position: number;
  count: number;
  binding: Binding;
  /** undefined while it is not known, and when it was deleted */
  workflow?: BindableWorkflow;
  fault: BindingFault | null;
  target: BindTarget;
  /** keys that other rows bind to the same data */
  taken: readonly string[];
  disabled?: boolean;
  onChange(binding: Binding, workflow?: BindableWorkflow): void;
  onMove(by: -1 | 1): void;
  onRemove(): void;
}

/** One bound workflow: what it gets, which it is, and what is wrong with it. */
export function BindingRow(props: BindingRowProps) {
  const { id, position, binding, workflow, fault, target, taken, disabled, onChange, onRemove } = props;
  const port = usePort();
  const { t, collections } = port;
  const { token } = theme.useToken();
  const noteId = useId();
  const { setNodeRef, setActivatorNodeRef, listeners, transform, transition, isDragging } = useSortable({ id, disabled });
  const { collection: own, contexts } = target;
  const { context, workflowKey } = binding;
  const collection = resolveContext(collections, own, context)?.collection;

  const load = useCallback(
    async (text: string, signal: AbortSignal) =>
      collection ? findCandidates(port, target, { collection, context, text, signal }) : [],
    [port, target, collection, context],
  );
  const fits = (path: string) => {
    const next = resolveContext(collections, own, path);
    return next && isSameCollection(workflow?.config?.collection, next.collection);
  };
  const name = workflow?.title ?? (workflowKey || t('a workflow'));
  const status = fault && fault !== 'empty' ? ('warning' as const) : undefined;
  const workflowSelect: WorkflowSelectProps = {
    value: workflowKey,
    onChange: (key, chosen) => onChange({ ...binding, workflowKey: key ?? '' }, chosen),
    load,
    chosen: workflow,
    taken,
    typeTitle: (type) => target.types.find((candidate) => candidate.type === type)?.title ?? type,
    label: t('Workflow {{position}}', { position }),
    emptyText: t('No enabled workflow can be bound to “{{collection}}” yet', {
      collection: collections.find(collection ?? '')?.title ?? collection ?? '',
    }),
    disabled,
    status,
  };

  return (
    <li
      ref={setNodeRef}
      aria-describedby={fault ? noteId : undefined}
      style={{
        transform: transform ? `translate3d(0, ${transform.y}px, 0)` : undefined,
        transition,
        position: 'relative',
        zIndex: isDragging ? 1 : undefined,
        padding: `${token.paddingXS}px 0`,
        borderBlockEnd: `1px solid ${token.colorSplit}`,
        background: isDragging ? token.colorFillQuaternary : undefined,
        listStyle: 'none',
      }}
    >
      <Flex align="center" gap="small" wrap>
        <MoveHandle {...props} name={name} handleRef={setActivatorNodeRef} listeners={listeners} />
        {contexts && (
          <div style={{ flex: '1 1 150px', minWidth: 0 }}>
            <ContextSelect
              collection={own}
              value={context}
              label={t('Trigger data of workflow {{position}}', { position })}
              disabled={disabled}
              status={fault === 'contextLost' ? 'warning' : undefined}
              onChange={(path) => onChange({ context: path, workflowKey: fits(path) ? workflowKey : '' })}
            />
          </div>
        )}
        <div style={{ flex: '2 1 220px', minWidth: 0 }}>
          {target.Select ? (
            <target.Select
              value={workflowKey || undefined}
              onChange={(key) => onChange({ ...binding, workflowKey: key ?? '' })}
              collection={collection ?? own}
              scope="form"
              filter={target.filter}
              optionFilter={target.optionFilter}
            />
          ) : (
            <WorkflowSelect {...workflowSelect} />
          )}
        </div>
        {workflow && <Tag style={{ marginInlineEnd: 0, minWidth: 104, textAlign: 'center' }}>{t(workflow.sync ? 'Synchronously' : 'Asynchronously')}</Tag>}
        {workflow && (
          <Tooltip title={t('Open the workflow in a new tab')}>
            <Button
              type="text"
              size="small"
              icon={<ExportOutlined />}
              aria-label={t('Open {{title}}', { title: name })}
              href={port.href(`/admin/settings/workflow/workflows/${workflow.id}`)}
              target="_blank"
              rel="noreferrer"
            />
          </Tooltip>
        )}
        <Tooltip title={t('Remove')}>
          <Button
            type="text"
            size="small"
            icon={<CloseOutlined />}
            aria-label={t('Remove {{title}}', { title: name })}
            disabled={disabled}
            onClick={onRemove}
          />
        </Tooltip>
      </Flex>
      {fault && <FaultNote id={noteId} fault={fault} workflowKey={workflowKey} />}
    </li>
  );
}

/** Moves the row: drag it, or press the arrow keys. */
function MoveHandle({
  id,
  position,
  count,
  disabled,
  onMove,
  name,
  handleRef,
  listeners,
}: BindingRowProps & {
  name: string;
  handleRef(element: HTMLElement | null): void;
  listeners: ReturnType<typeof useSortable>['listeners'];
}) {
  const { t } = usePort();
  const onKeyDown = (event: KeyboardEvent) => {
    const by = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0;
    if (!by) return;
    event.preventDefault();
    event.stopPropagation();
    if (position + by >= 1 && position + by <= count) onMove(by);
  };
  return (
    <Tooltip title={count > 1 ? t('Drag, or press the arrow keys, to change the order') : ''}>
      <Button
        ref={handleRef}
        data-move={id}
        type="text"
        size="small"
        icon={<HolderOutlined />}
        aria-label={t('Move {{title}}: position {{position}} of {{count}}', { title: name, position, count })}
        disabled={disabled || count < 2}
        {...listeners}
        onKeyDown={onKeyDown}
        style={{ cursor: count > 1 ? 'grab' : undefined, touchAction: 'none' }}
      />
    </Tooltip>
  );
}
