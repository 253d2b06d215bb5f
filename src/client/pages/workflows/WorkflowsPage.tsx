import { Card, Flex, Modal, Pagination } from 'antd';
import { useState } from 'react';
import { paths } from '../../api/paths';
import type { Id, WorkflowLine } from '../../api/types';
import { useWorkflowApi } from '../../api/useWorkflowApi';
import { usePort } from '../../port/HostPort';
import type { KindRegistry } from '../../registry/kinds';
import { EmptyState } from '../../ui/EmptyState';
import { LoadError } from '../../ui/LoadError';
import { PageFrame } from '../../ui/PageFrame';
import { useLoad } from '../../ui/useLoad';
import { useNarrow } from '../../ui/useNarrow';
import { usePageTitle } from '../../ui/usePageTitle';
import { ExecutionsDrawer } from '../executions/ExecutionsDrawer';
import { CategoryTabs } from './CategoryTabs';
import { DuplicateDialog } from './DuplicateDialog';
import { TemplateGallery } from './TemplateGallery';
import { Toolbar } from './Toolbar';
import { WorkflowCards } from './WorkflowCards';
import { WorkflowDrawer } from './WorkflowDrawer';
import { WorkflowTable } from './WorkflowTable';
import { NO_FILTER, useWorkflows } from './useWorkflows';
import { useWorkflowActions } from './useWorkflowActions';
import { Secondary } from '../../ui/Secondary';

/** All workflows: found, created, switched, copied and deleted. */
export function WorkflowsPage({ registry }: { registry: KindRegistry }) {
  return (
    <PageFrame>
      <WorkflowList registry={registry} />
    </PageFrame>
  );
}

function WorkflowList({ registry }: { registry: KindRegistry }) {
  const { t, navigate } = usePort();
  const api = useWorkflowApi();
  const list = useWorkflows();
  const categories = useLoad((signal) => api.listCategories(signal), [api]);
  const { toggle, remove } = useWorkflowActions({ registry, patch: list.patch, reload: list.reload });
  const isNarrow = useNarrow();
  usePageTitle(t('Workflow'));
  const [selection, setSelection] = useState<Id[]>([]);
  const [edited, setEdited] = useState<'new' | WorkflowLine>();
  const [duplicated, setDuplicated] = useState<WorkflowLine>();
  const [watched, setWatched] = useState<WorkflowLine>();
  const [showsTemplates, setShowsTemplates] = useState(false);

  const selected = list.rows?.filter(({ id }) => selection.includes(id)) ?? [];
  const openCanvas = (workflow: WorkflowLine) => navigate(paths.workflow(workflow.id));

  async function removeAll(workflows: readonly WorkflowLine[]) {
    if (await remove(workflows)) setSelection([]);
  }

  const empty = list.error ? (
    t('Could not be loaded')
  ) : list.isFiltered ? (
    <EmptyState title={t('No workflow fits')} hint={t('Other words or fewer filters may find it.')}>
      <a
        href="#"
        onClick={(event) => {
          event.preventDefault();
          list.setFilter({ ...NO_FILTER, type: undefined, enabled: undefined, category: undefined });
        }}
      >
        {t('Remove all filters')}
      </a>
    </EmptyState>
  ) : (
    <EmptyState title={t('No workflows yet')} hint={t('Add a new one, or begin with an example that works.')}>
      <TemplateGallery onCreated={openCanvas} />
    </EmptyState>
  );

  const View = isNarrow ? WorkflowCards : WorkflowTable;
  return (
    <Card variant="borderless" styles={{ body: { paddingBlockStart: 12 } }}>
      <Flex vertical gap="middle">
        <CategoryTabs categories={categories} value={list.filter.category} onChange={(category) => list.setFilter({ category })} />
        <Toolbar
          filter={list.filter}
          onFilter={list.setFilter}
          registry={registry}
          loading={list.loading}
          selected={selected.length}
          onReload={list.reload}
          onAdd={() => setEdited('new')}
          onTemplates={() => setShowsTemplates(true)}
          onRemove={() => void removeAll(selected)}
        />
        <LoadError error={list.error} onRetry={list.reload} />
        <View
          list={list}
          registry={registry}
          selection={selection}
          onSelect={setSelection}
          onToggle={(workflow, enabled) => void toggle(workflow, enabled)}
          onShowExecutions={setWatched}
          onEdit={setEdited}
          onDuplicate={setDuplicated}
          onRemove={(workflow) => void removeAll([workflow])}
          empty={empty}
        />
        {list.total > 0 && (
          <Flex justify="space-between" align="center" wrap gap="small">
            <Secondary>{t('Workflows: {{count}}', { count: list.total })}</Secondary>
            <Pagination
              size="small"
              hideOnSinglePage={list.total <= 10}
              current={list.page.page}
              pageSize={list.page.pageSize}
              total={list.total}
              showSizeChanger
              onChange={list.page.turn}
            />
          </Flex>
        )}
      </Flex>
      <WorkflowDrawer
        subject={edited}
        registry={registry}
        categories={categories.data ?? []}
        category={list.filter.category}
        onClose={() => setEdited(undefined)}
        onSaved={() => {
          setEdited(undefined);
          list.reload();
        }}
      />
      <DuplicateDialog
        workflow={duplicated}
        onClose={() => setDuplicated(undefined)}
        onDone={() => {
          setDuplicated(undefined);
          list.reload();
        }}
      />
      <Modal open={showsTemplates} title={t('Begin with an example')} footer={null} width={720} onCancel={() => setShowsTemplates(false)} destroyOnClose>
        <TemplateGallery onCreated={openCanvas} />
      </Modal>
      <ExecutionsDrawer registry={registry} workflow={watched} onClose={() => setWatched(undefined)} />
    </Card>
  );
}
