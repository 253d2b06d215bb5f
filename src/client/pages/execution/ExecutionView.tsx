import { Drawer, Flex, theme } from 'antd';
import { useCallback, useMemo, useState } from 'react';
import type { ExecutionDetail, Id, JobRow } from '../../api/types';
import { buildDocument } from '../../document/build';
import type { NodeKey } from '../../document/types';
import { usePort } from '../../port/HostPort';
import type { KindRegistry } from '../../registry/kinds';
import { JsonView } from '../../ui/JsonView';
import { LoadError } from '../../ui/LoadError';
import { useNarrow } from '../../ui/useNarrow';
import { usePageTitle } from '../../ui/usePageTitle';
import { useExecutionActions } from '../executions/useExecutionActions';
import { ExecutionHeader, type RunView } from './ExecutionHeader';
import { JobPanel, PanelHead, Section } from './JobPanel';
import { RoundSteppers } from './RoundSteppers';
import { RunCanvas } from './RunCanvas';
import { Timeline } from './Timeline';
import { jobsByNode, roundsOfJob, showRounds } from './rounds';

interface ExecutionViewProps {
  execution: ExecutionDetail;
  registry: KindRegistry;
  loading: boolean;
  /** why the last reload failed */
  error: string | undefined;
  onReload(): void;
}

const TRIGGER = 'trigger';
const PANEL_WIDTH = 420;

/** A run on the canvas or as a list, and beside it the job that was chosen. */
export function ExecutionView({ execution, registry, loading, error, onReload }: ExecutionViewProps) {
  const { t } = usePort();
  const { token } = theme.useToken();
  const isNarrow = useNarrow();
  const hasCanvas = execution.version !== null;
  const [chosenView, setView] = useState<RunView>();
  const view = hasCanvas ? (chosenView ?? (isNarrow ? 'list' : 'canvas')) : 'list';
  /** id of a job, or `trigger` */
  const [opened, setOpened] = useState<string>();
  const [rounds, setRounds] = useState<ReadonlyMap<NodeKey, number>>(new Map());
  const { cancel, rerun } = useExecutionActions(onReload);

  usePageTitle(`${t('Execution')} #${execution.id}${execution.version?.title ? `: ${execution.version.title}` : ''}`);

  const { version } = execution;
  const flow = useMemo(() => (version ? buildDocument(version).document : undefined), [version]);
  const all = useMemo(() => (flow ? jobsByNode(flow, execution.jobs) : new Map<NodeKey, JobRow[]>()), [flow, execution.jobs]);
  const { jobs, repeated } = useMemo(() => (flow ? showRounds(flow, all, rounds) : { jobs: all, repeated: [] }), [flow, all, rounds]);

  const titleOf = useCallback(
    (key: NodeKey) => {
      const node = flow?.nodes.get(key);
      return node ? node.title || (registry.node(node.type)?.title ?? node.type) : key;
    },
    [flow, registry],
  );

  const job = execution.jobs.find(({ id }) => String(id) === opened);
  const node = job && [...(flow?.nodes.values() ?? [])].find(({ id, key }) => id === String(job.nodeId) || key === job.nodeKey);

  function openJob(chosen: JobRow) {
    setOpened(String(chosen.id));
    const key = [...all].find(([, list]) => list.includes(chosen))?.[0];
    if (flow && key) setRounds((last) => new Map([...last, ...roundsOfJob(flow, all, key, chosen)]));
  }

  const close = () => setOpened(undefined);
  const rerunFrom = (nodeId: Id) => rerun(execution, nodeId);
  const panelTitle = opened === TRIGGER ? t('Trigger variables') : node ? titleOf(node.key) : (job?.nodeKey ?? '');
  const panel =
    opened === TRIGGER ? (
      <Flex vertical gap="middle">
        <JsonView value={execution.context} label={t('Trigger variables')} maxHeight="60vh" />
        {execution.output !== undefined && execution.output !== null && (
          <Section title={t('Workflow output')}>
            <JsonView value={execution.output} label={t('Workflow output')} />
          </Section>
        )}
      </Flex>
    ) : job ? (
      <JobPanel key={opened} job={job} node={node} kind={node && registry.node(node.type)} onRerun={version ? rerunFrom : undefined} />
    ) : null;

  return (
    <div
      style={{ display: 'flex', flexDirection: 'column', height: '100%', minHeight: 'min(640px, 80vh)', background: token.colorBgContainer }}
    >
      <ExecutionHeader
        execution={execution}
        registry={registry}
        view={view}
        onView={setView}
        loading={loading}
        onReload={onReload}
        onCancel={() => void cancel(execution.id)}
        onRerun={() => rerun(execution)}
      />
      <LoadError error={error} onRetry={onReload} />
      <RoundSteppers
        repeated={repeated}
        titleOf={titleOf}
        onChoose={(key, round) => {
          setRounds((last) => new Map([...last, [key, round]]));
        }}
      />
      <div style={{ display: 'flex', flex: 1, minHeight: 0 }}>
        <div style={{ flex: 1, minWidth: 0, minHeight: 320, position: 'relative', overflow: view === 'list' ? 'auto' : 'hidden' }}>
          {view === 'canvas' && flow ? (
            <RunCanvas
              flow={flow}
              registry={registry}
              jobs={jobs}
              status={execution.status}
              openJob={opened}
              onJob={setOpened}
              onTrigger={() => setOpened(TRIGGER)}
            />
          ) : (
            <Timeline
              execution={execution}
              document={flow}
              registry={registry}
              opened={opened}
              onTrigger={() => setOpened(TRIGGER)}
              onJob={openJob}
            />
          )}
        </div>
        {panel && !isNarrow && (
          <aside
            aria-label={panelTitle}
            style={{ width: PANEL_WIDTH, flex: 'none', overflow: 'auto', padding: token.padding, borderInlineStart: `1px solid ${token.colorBorderSecondary}` }}
          >
            <Flex vertical gap="middle">
              <PanelHead title={panelTitle} onClose={close} />
              {panel}
            </Flex>
          </aside>
        )}
      </div>
      <Drawer open={Boolean(panel) && isNarrow} onClose={close} title={panelTitle} width="100vw">
        {isNarrow && panel}
      </Drawer>
    </div>
  );
}
