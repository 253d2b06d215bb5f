import { PlusOutlined } from '@ant-design/icons';
import { DndContext, PointerSensor, closestCenter, useSensor, useSensors, type DragEndEvent } from '@dnd-kit/core';
import { SortableContext, verticalListSortingStrategy } from '@dnd-kit/sortable';
import { Alert, Button, Empty, Flex, Skeleton, theme } from 'antd';
import { useEffect, useRef } from 'react';
import { usePort } from '../port/HostPort';
import { Secondary } from '../ui/Secondary';
import { readBindings, type Binding } from './bindings';
import { BindingRow } from './BindingRow';
import { CreateWorkflowLink } from './CreateWorkflowLink';
import { bindingFault } from './state';
import type { BindTarget } from './target';
import { useBindingRows } from './useBindingRows';
import { useBoundWorkflows } from './useBoundWorkflows';

export interface BindingListProps {
  /** as it is stored, see `readBindings` */
  value: unknown;
  /** Rows with a workflow, in their order. Rows without one are kept on the screen only. */
  onChange(bindings: Binding[]): void;
  /** must be the same object between renders */
  target: BindTarget;
  disabled?: boolean;
}

/** The workflows that a button starts: content of the dialog "Bind workflows" in both lanes. */
export function BindingList({ value, onChange, target, disabled }: BindingListProps) {
  const { t, collections } = usePort();
  const { token } = theme.useToken();
  const { rows, add, change, move, place, remove } = useBindingRows(value, onChange);
  const bound = useBoundWorkflows(readBindings(value).map(({ workflowKey }) => workflowKey));
  const sensors = useSensors(useSensor(PointerSensor, { activationConstraint: { distance: 4 } }));
  const list = useRef<HTMLOListElement>(null);
  const moved = useRef<string | null>(null);
  const bindings = rows.map(({ binding }) => binding);

  useEffect(() => {
    if (moved.current) list.current?.querySelector<HTMLElement>(`[data-move="${moved.current}"]`)?.focus();
    moved.current = null;
  }, [rows]);

  if (bound.loading && rows.some(({ binding }) => binding.workflowKey && !bound.get(binding.workflowKey))) {
    return <Skeleton active title={false} paragraph={{ rows: 3 }} aria-label={t('Loading')} />;
  }
  if (bound.failed) {
    return (
      <Alert
        type="error"
        showIcon
        message={t('Could not be loaded')}
        action={
          <Button size="small" onClick={bound.retry}>
            {t('Try again')}
          </Button>
        }
      />
    );
  }

  const onDragEnd = ({ active, over }: DragEndEvent) => {
    if (over && over.id !== active.id) place(String(active.id), rows.findIndex(({ id }) => id === over.id));
  };
  const addButton = (
    <Button type="dashed" block icon={<PlusOutlined />} disabled={disabled} onClick={add}>
      {t('Add workflow')}
    </Button>
  );

  return (
    <Flex vertical gap="middle" style={{ paddingBlockEnd: token.padding }}>
      <Hints target={target} />
      {rows.length === 0 && (
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('This button starts no workflow yet')} style={{ margin: 0 }}>
          <CreateWorkflowLink />
        </Empty>
      )}
      <DndContext sensors={sensors} collisionDetection={closestCenter} onDragEnd={onDragEnd}>
        <SortableContext items={rows.map(({ id }) => id)} strategy={verticalListSortingStrategy}>
          <ol ref={list} aria-label={t('Bound workflows')} style={{ margin: 0, padding: 0 }}>
            {rows.map(({ id, binding }, index) => {
              const workflow = bound.get(binding.workflowKey);
              return (
                <BindingRow
                  key={id}
                  id={id}
                  position={index + 1}
                  count={rows.length}
                  binding={binding}
                  workflow={workflow}
                  fault={bindingFault(bindings, index, workflow, target, collections)}
                  target={target}
                  taken={bindings
                    .filter((other, at) => at !== index && other.context === binding.context)
                    .map(({ workflowKey }) => workflowKey)}
                  disabled={disabled}
                  onChange={(next, chosen) => {
                    if (chosen) bound.add(chosen);
                    change(id, next);
                  }}
                  onMove={(by) => {
                    moved.current = id;
                    move(id, by);
                  }}
                  onRemove={() => remove(id)}
                />
              );
            })}
          </ol>
        </SortableContext>
      </DndContext>
      {addButton}
    </Flex>
  );
}

/** What can be bound here, and what need not be. */
function Hints({ target: { types } }: { target: BindTarget }) {
  const { t } = usePort();
  const fitting = types.filter(({ accepts }) => accepts({}, ''));
  return (
    <Secondary>
      {fitting.length > 0 &&
        t('Workflows of these types can be bound, if they are enabled: {{types}}.', {
          types: fitting.map(({ title }) => title).join(', '),
        })}{' '}
      {t('They run in the order of this list, synchronous ones first.')}{' '}
      {t('Workflows in global mode run without being bound.')}
    </Secondary>
  );
}
