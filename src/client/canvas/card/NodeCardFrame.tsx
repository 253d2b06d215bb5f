import { QuestionCircleOutlined } from '@ant-design/icons';
import type { ReactNode } from 'react';
import { useT } from '../../port/HostPort';
import type { Fault } from '../../registry/kinds';
import { useCanvas, useCanvasState } from '../state/CanvasContext';
import { BranchGroup } from './BranchSlot';
import { useCardBridge, type CardProps } from './CardBridge';
import { FaultBadge } from './FaultBadge';
import { JobButton } from './JobButton';
import { NodeMenu } from './NodeMenu';
import { TitleEdit } from './TitleEdit';

/**
 * Our card, for the node whose place on the canvas is around it. Components of extensions wrap it around their branches
 * (`NodeDefaultView`): the branches announce themselves to the canvas with `BranchSlot`, other children stand below the card.
 */
export function NodeCardFrame({ children, extra }: { children?: ReactNode; extra?: ReactNode }) {
  const card = useCardBridge();
  return card ? (
    <CardFrame {...card} extra={extra}>
      {children}
    </CardFrame>
  ) : (
    <>{children}</>
  );
}

type FrameProps = CardProps & { children?: ReactNode; extra?: ReactNode; faultOfCard?: string };

/** Bits of the canvas' state that a card shows; as text, so that equal bits are equal. */
function useCardState(key: string): Set<string> {
  const text = useCanvasState((state) =>
    [
      state.focus === key && 'focused',
      state.selection.has(key) && 'selected',
      state.renaming === key && 'renaming',
      state.cut.has(key) && 'cut',
      state.drag?.keys.includes(key) && 'dragged',
      state.hits.has(key) && 'hit',
      state.currentHit === key && 'hit-current',
      state.folded.has(key) && 'folded',
    ]
      .filter(Boolean)
      .join(' '),
  );
  return new Set(text.split(' '));
}

export function CardFrame(props: FrameProps) {
  const { node, summary, level, position, setSize, isSkipped, isLost, mark, readOnly, children, extra } = props;
  const scope = useCanvas();
  const t = useT();
  const state = useCardState(node.key);
  const kind = scope.kindOf(node);
  const typeTitle = kind?.title ?? t('Unknown node');
  const title = node.title || kind?.title || node.type;
  const faults = withCardFaults(props, kind ? undefined : t('Unknown node type "{{type}}"', { type: node.type }));
  const classes = [
    'wf-card',
    `workflow-node-type-${node.type}`,
    ...['selected', 'cut', 'dragged', 'hit', 'hit-current'].filter((name) => state.has(name)).map((name) => `wf-${name}`),
    faults.some(({ level: severity }) => severity === 'error') && 'wf-error',
    isSkipped && 'wf-skipped',
    isLost && 'wf-lost',
    mark && `wf-mark-${mark}`,
  ];
  const innerTab = state.has('focused') ? 0 : -1;
  const isFolded = state.has('folded');
  // Of several jobs the list says how long each took.
  const time = props.isRun && props.jobs.length === 1 ? props.jobs[0]?.duration : undefined;
  return (
    <div
      id={`${scope.idPrefix}${node.key}`}
      className={classes.filter(Boolean).join(' ')}
      style={{ left: props.x, top: props.y, width: props.width, height: props.height }}
      role="treeitem"
      aria-label={`${typeTitle}-${title}`}
      aria-description={describe(props, faults, t)}
      aria-level={level}
      aria-posinset={position}
      aria-setsize={setSize}
      aria-selected={state.has('selected')}
      aria-expanded={props.inside ? !isFolded : undefined}
      tabIndex={innerTab}
      data-wf-solid=""
      data-wf-card={node.key}
    >
      <div className="wf-head workflow-node-meta">
        <span className="wf-icon" aria-hidden>
          {kind?.icon ?? <QuestionCircleOutlined />}
        </span>
        <span className="wf-type">{typeTitle}</span>
        {mark && <MarkTag mark={mark} />}
        {extra}
        <FaultBadge faults={faults} tabIndex={innerTab} />
        {props.isRun ? (
          <JobButton jobs={props.jobs} tabIndex={innerTab} onOpen={(id) => scope.run()?.onJob(node.key, id)} />
        ) : (
          !readOnly && <NodeMenu node={node} tabIndex={innerTab} />
        )}
      </div>
      {state.has('renaming') ? (
        <TitleEdit id={node.key} title={node.title || title} />
      ) : (
        <div className="wf-title" title={title} data-wf-title="">
          <span>{title}</span>
          {time && (
            <span className="wf-time" aria-hidden>
              {time}
            </span>
          )}
        </div>
      )}
      <div className={`wf-summary ${summary === null ? 'wf-summary-empty' : ''}`} title={summary ?? undefined}>
        {summary ?? (kind ? t('Not configured') : node.type)}
      </div>
      {props.inside > 0 && (
        <button
          type="button"
          className={`wf-fold ${isFolded ? 'wf-folded' : ''}`}
          tabIndex={-1}
          aria-label={isFolded ? t('Show branches') : t('Hide branches')}
          onClick={(event) => {
            event.stopPropagation();
            scope.store.setFolded(node.key, !isFolded);
          }}
        >
          {isFolded ? `+ ${props.inside}` : '−'}
        </button>
      )}
      {children != null && <BranchGroup>{children}</BranchGroup>}
    </div>
  );
}

function withCardFaults({ faults, faultOfCard }: FrameProps, unknown?: string): readonly Fault[] {
  const own = [unknown, faultOfCard].filter((message) => message !== undefined);
  if (own.length === 0) return faults;
  return [...own.filter((message) => !faults.some((fault) => fault.message === message)).map((message) => ({ level: 'error' as const, message })), ...faults];
}

function describe({ branchLabel, summary, jobs, isSkipped, isLost }: CardProps, faults: readonly Fault[], t: ReturnType<typeof useT>): string {
  return [
    branchLabel && t('Branch: {{name}}', { name: branchLabel }),
    summary,
    isLost && t('Nothing leads to this node'),
    jobs.at(-1)?.text,
    isSkipped && t('Skipped'),
    faults.length > 0 && t('Problems: {{count}}', { count: faults.length }),
  ]
    .filter(Boolean)
    .join('. ');
}

function MarkTag({ mark }: { mark: NonNullable<CardProps['mark']> }) {
  const t = useT();
  const text = { added: t('Added'), removed: t('Removed'), changed: t('Changed'), moved: t('Moved') }[mark];
  return <span className={`wf-mark wf-mark-tag-${mark}`}>{text}</span>;
}
