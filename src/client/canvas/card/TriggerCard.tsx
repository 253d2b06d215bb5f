import { CheckOutlined, CodeOutlined, CommentOutlined, CopyOutlined, ThunderboltOutlined } from '@ant-design/icons';
import { memo, useState } from 'react';
import { Popover, Typography } from 'antd';
import type { FlowDocument } from '../../document/types';
import { usePort, useT } from '../../port/HostPort';
import type { Fault } from '../../registry/kinds';
import { useCanvas, useCanvasState } from '../state/CanvasContext';
import { TRIGGER } from '../types';
import { curlLine } from './curl';
import { FaultBadge } from './FaultBadge';
import { TitleEdit } from './TitleEdit';

interface Props {
  x: number;
  y: number;
  width: number;
  height: number;
  trigger: FlowDocument['trigger'];
  workflowKey: string;
  setSize: number;
  summary: string | null;
  faults: readonly Fault[];
  isRun: boolean;
  isChanged: boolean;
}

/** What starts the workflow, with the key by which requests name it. */
export const TriggerCard = memo(function TriggerCard(props: Props) {
  const { trigger, workflowKey, summary, isRun } = props;
  const scope = useCanvas();
  const t = useT();
  const isFocused = useCanvasState((state) => state.focus === TRIGGER);
  const isRenaming = useCanvasState((state) => state.renaming === TRIGGER);
  const isHit = useCanvasState((state) => (state.currentHit === TRIGGER ? 2 : state.hits.has(TRIGGER) ? 1 : 0));
  const kind = scope.registry().trigger(trigger.type);
  const title = trigger.title || kind?.title || trigger.type;
  // Without a title of its own the card is called by its type already.
  const typeLine = !kind ? t('Unknown trigger') : trigger.title && trigger.title !== kind.title ? kind.title : t('Trigger');
  const faults = kind
    ? props.faults
    : [{ level: 'error' as const, message: t('Unknown trigger type "{{type}}"', { type: trigger.type }) }, ...props.faults];
  const classes = ['wf-card wf-trigger', isHit > 0 && 'wf-hit', isHit > 1 && 'wf-hit-current', faults.some(({ level }) => level === 'error') && 'wf-error', props.isChanged && 'wf-mark-changed'];
  const innerTab = isFocused ? 0 : -1;
  const run = scope.run();
  return (
    <div
      id={`${scope.idPrefix}${TRIGGER}`}
      className={classes.filter(Boolean).join(' ')}
      style={{ left: props.x, top: props.y, width: props.width, height: props.height }}
      role="treeitem"
      aria-label={`${t('Trigger')}-${title}`}
      aria-description={[summary, faults.length > 0 && t('Problems: {{count}}', { count: faults.length })].filter(Boolean).join('. ')}
      aria-level={1}
      aria-posinset={1}
      aria-setsize={props.setSize}
      aria-selected={false}
      tabIndex={innerTab}
      data-wf-solid=""
      data-wf-card={TRIGGER}
    >
      <div className="wf-head workflow-node-meta">
        <span className="wf-icon" aria-hidden>
          {kind?.icon ?? <ThunderboltOutlined />}
        </span>
        <span className="wf-type">{typeLine}</span>
        <FaultBadge faults={faults} tabIndex={innerTab} />
        {isRun && run?.onTrigger && (
          <button type="button" className="wf-job" tabIndex={innerTab} onClick={stopped(() => run.onTrigger?.())}>
            {t('Trigger data')}
          </button>
        )}
        {scope.editing() && (
          <button
            type="button"
            className="wf-quiet"
            tabIndex={innerTab}
            aria-label={t('Add note')}
            title={t('Add note')}
            onClick={stopped(() => scope.actions.addNote(null))}
          >
            <CommentOutlined />
          </button>
        )}
      </div>
      {isRenaming ? (
        <TitleEdit id={TRIGGER} title={title} />
      ) : (
        <div className="wf-title" title={title} data-wf-title="">
          <span>{title}</span>
        </div>
      )}
      <div className={`wf-summary ${summary ? '' : 'wf-summary-empty'}`} title={summary ?? undefined}>
        {summary ?? t('Not configured')}
      </div>
      <WorkflowKey trigger={trigger} workflowKey={workflowKey} tabIndex={innerTab} />
    </div>
  );
});

const stopped = (action: () => void) => (event: { stopPropagation(): void }) => {
  event.stopPropagation();
  action();
};

function WorkflowKey({ trigger, workflowKey, tabIndex }: { trigger: FlowDocument['trigger']; workflowKey: string; tabIndex: number }) {
  const t = useT();
  const { apiBase } = usePort();
  const [isCopied, setCopied] = useState(false);
  const line = curlLine(trigger, workflowKey, apiBase);
  const copyKey = () => {
    void navigator.clipboard.writeText(workflowKey).then(() => setCopied(true));
  };
  return (
    <div className="wf-key">
      <span>{t('Key')}</span>
      <code title={workflowKey}>{workflowKey}</code>
      <button type="button" className="wf-quiet" tabIndex={tabIndex} aria-label={t('Copy key')} title={t('Copy key')} onClick={stopped(copyKey)} onBlur={() => setCopied(false)}>
        {isCopied ? <CheckOutlined /> : <CopyOutlined />}
      </button>
      {line && (
        <Popover
          trigger="click"
          title={t('Call by HTTP')}
          content={
            <div style={{ maxWidth: 420 }} onClick={(event) => event.stopPropagation()}>
              <Typography.Paragraph copyable={{ text: line, tooltips: [t('Copy'), t('Copied')] }} style={{ marginBottom: 0 }}>
                <Typography.Text code style={{ whiteSpace: 'pre-wrap', wordBreak: 'break-all' }}>
                  {line}
                </Typography.Text>
              </Typography.Paragraph>
            </div>
          }
        >
          <button type="button" className="wf-quiet" tabIndex={tabIndex} aria-label={t('Show a curl line')} title="curl" onClick={(event) => event.stopPropagation()}>
            <CodeOutlined />
          </button>
        </Popover>
      )}
    </div>
  );
}
