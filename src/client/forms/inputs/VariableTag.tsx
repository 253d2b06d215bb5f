import { CloseOutlined } from '@ant-design/icons';
import { Button, theme, Tooltip } from 'antd';
import { usePort, useT } from '../../port/HostPort';
import { fromMetaTree, type MetaTreeNode } from '../variables/convert';
import { variablePath } from '../variables/template';
import type { VariableNode } from '../variables/types';
import { useDescribe } from '../variables/useDescribe';
import { useMemo, type CSSProperties } from 'react';

/** between the parts of a label, see `useDescribe` */
const SEPARATOR = ' / ';
const CUT: CSSProperties = { minWidth: 0, overflow: 'hidden', textOverflow: 'ellipsis' };

interface PillProps {
  path: readonly string[];
  all: readonly VariableNode[];
  onClear?(): void;
  status?: '' | 'error' | 'warning';
  disabled?: boolean;
  style?: CSSProperties;
  id?: string;
}

/** A chosen variable in the place of a value, with a button that gives the value back. */
export function VariablePill({ path, all, onClear, status, disabled, style, id }: PillProps) {
  const t = useT();
  const { token } = theme.useToken();
  const { label, details, problem } = useDescribe(all)(path);
  return (
    <div
      id={id}
      data-state={problem ? 'broken' : 'known'}
      style={{
        flex: 1,
        minWidth: 0,
        display: 'flex',
        alignItems: 'center',
        boxSizing: 'border-box',
        minHeight: token.controlHeight,
        paddingInline: token.paddingXXS,
        border: `${token.lineWidth}px ${token.lineType} ${status === 'error' || problem ? token.colorErrorBorder : token.colorBorder}`,
        borderStartStartRadius: token.borderRadius,
        borderEndStartRadius: token.borderRadius,
        background: disabled ? token.colorBgContainerDisabled : token.colorBgContainer,
        ...style,
      }}
    >
      <Tooltip title={<span style={{ whiteSpace: 'pre-line' }}>{details}</span>}>
        <span
          style={{
            display: 'inline-flex',
            flex: '0 1 auto',
            minWidth: 0,
            whiteSpace: 'pre',
            padding: '1px 6px',
            fontSize: token.fontSizeSM,
            borderRadius: token.borderRadiusSM,
            color: token.colorText,
            background: problem ? token.colorErrorBg : token.colorPrimaryBg,
            boxShadow: `inset 0 0 0 1px ${problem ? token.colorError : token.colorPrimaryBorder}`,
          }}
        >
          {problem && '⚠ '}
          <PathText text={label} />
        </span>
      </Tooltip>
      <span style={{ flex: 1 }} />
      {onClear && !disabled ? (
        <Button
          type="text"
          size="small"
          aria-label={t('Remove the variable {{name}}', { name: label })}
          icon={<CloseOutlined style={{ fontSize: token.fontSizeSM }} />}
          onClick={onClear}
        />
      ) : null}
    </div>
  );
}

/** Where there is little room the last part of the path, which says most, is the last to be cut. */
function PathText({ text }: { text: string }) {
  const at = text.lastIndexOf(SEPARATOR);
  if (at < 0) return <span style={CUT}>{text}</span>;
  return (
    <>
      <span style={{ ...CUT, flexShrink: 1000 }}>{text.slice(0, at)}</span>
      <span style={CUT}>{text.slice(at)}</span>
    </>
  );
}

export interface WorkflowVariableTagProps {
  value?: string | null;
  metaTree?: readonly MetaTreeNode[];
  onClear?(): void;
  status?: '' | 'error' | 'warning';
  disabled?: boolean;
}

/** A variable that was chosen, named by a tree of variables; nothing for values that are no variable. */
export function WorkflowVariableTag({ value, metaTree, ...props }: WorkflowVariableTagProps) {
  const { compile } = usePort();
  const all = useMemo(() => metaTree?.map((node) => fromMetaTree(node, compile)) ?? [], [metaTree, compile]);
  const path = variablePath(value);
  return path && <VariablePill {...props} path={path} all={all} />;
}
