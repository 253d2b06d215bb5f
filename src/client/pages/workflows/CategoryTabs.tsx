import { PlusOutlined } from '@ant-design/icons';
import { DndContext, PointerSensor, closestCenter, useSensor, useSensors } from '@dnd-kit/core';
import { SortableContext, horizontalListSortingStrategy } from '@dnd-kit/sortable';
import { App, Button, theme } from 'antd';
import { useState, type KeyboardEvent } from 'react';
import type { Category, Id } from '../../api/types';
import { useWorkflowApi } from '../../api/useWorkflowApi';
import { useT } from '../../port/HostPort';
import { errorText } from '../../ui/errorText';
import { useConfirmLoss } from '../../ui/useConfirmLoss';
import type { Loaded } from '../../ui/useLoad';
import { CategoryDialog } from './CategoryDialog';
import { AllTab, CategoryTab } from './CategoryTab';

interface CategoryTabsProps {
  categories: Loaded<Category[]>;
  /** undefined: all */
  value: Id | undefined;
  onChange(category: Id | undefined): void;
}

/**
 * One tab per category. They are dragged into another order, or moved with Alt and the arrow keys, or by the menu of
 * the chosen tab.
 */
export function CategoryTabs({ categories, value, onChange }: CategoryTabsProps) {
  const t = useT();
  const { token } = theme.useToken();
  const api = useWorkflowApi();
  const { message } = App.useApp();
  const confirmLoss = useConfirmLoss();
  const [subject, setSubject] = useState<'new' | Category>();
  const [announced, setAnnounced] = useState('');
  const sensors = useSensors(useSensor(PointerSensor, { activationConstraint: { distance: 6 } }));
  const items = categories.data ?? [];

  async function move(from: number, to: number) {
    const [source, target] = [items[from], items[to]];
    if (!source || !target || from === to) return;
    categories.change((rows) => {
      const next = rows.filter((row) => row !== source);
      next.splice(to, 0, source);
      return next;
    });
    setAnnounced(t('{{title}} moved to place {{place}} of {{count}}', { title: source.title, place: to + 1, count: items.length }));
    try {
      await api.moveCategory(source.id, target.id);
    } catch (failure) {
      void message.error(errorText(failure));
      categories.reload();
    }
  }

  async function remove(category: Category) {
    const done = await confirmLoss({
      title: t('Delete the category “{{title}}”?', { title: category.title }),
      content: t('Its workflows stay; they only lose the category.'),
      action: t('Delete'),
      perform: () => api.destroyCategory(category.id),
    });
    if (!done) return;
    if (value === category.id) onChange(undefined);
    categories.reload();
  }

  /** Arrows go from tab to tab, as in any list of tabs. */
  function follow(event: KeyboardEvent<HTMLDivElement>) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const tabs = [...event.currentTarget.querySelectorAll<HTMLElement>('[role="tab"]')];
    const at = tabs.indexOf(event.target as HTMLElement);
    if (!step || at < 0) return;
    event.preventDefault();
    if (event.altKey) {
      if (at > 0) void move(at - 1, Math.min(items.length - 1, Math.max(0, at - 1 + step)));
      return;
    }
    const next = tabs[(at + step + tabs.length) % tabs.length];
    next?.focus();
    next?.click();
  }

  return (
    <div style={{ display: 'flex', alignItems: 'center', gap: token.marginXXS, overflowX: 'auto', borderBottom: `1px solid ${token.colorBorderSecondary}` }}>
      <DndContext
        sensors={sensors}
        // Nothing is picked up by keyboard here, and moves are announced below.
        accessibility={{ screenReaderInstructions: { draggable: '' } }}
        collisionDetection={closestCenter}
        onDragEnd={({ active, over }) => {
          const place = (id: unknown) => items.findIndex((item) => String(item.id) === id);
          if (over) void move(place(active.id), place(over.id));
        }}
      >
        <SortableContext items={items.map(({ id }) => String(id))} strategy={horizontalListSortingStrategy}>
          <div role="tablist" aria-label={t('Category')} onKeyDown={follow} style={{ display: 'flex' }}>
            <AllTab isActive={value === undefined} onChoose={() => onChange(undefined)} />
            {items.map((category, index) => (
              <CategoryTab
                key={String(category.id)}
                category={category}
                isActive={value === category.id}
                onChoose={() => onChange(category.id)}
                onEdit={() => setSubject(category)}
                onRemove={() => void remove(category)}
                onMove={(step) => void move(index, index + step)}
                isFirst={index === 0}
                isLast={index === items.length - 1}
              />
            ))}
          </div>
        </SortableContext>
      </DndContext>
      <Button type="text" size="small" icon={<PlusOutlined />} aria-label={t('Add category')} title={t('Add category')} onClick={() => setSubject('new')} />
      <span role="status" style={{ position: 'absolute', width: 1, height: 1, overflow: 'hidden', clipPath: 'inset(50%)' }}>
        {announced}
      </span>
      <CategoryDialog
        subject={subject}
        onClose={() => setSubject(undefined)}
        onSaved={() => {
          setSubject(undefined);
          categories.reload();
        }}
      />
    </div>
  );
}
