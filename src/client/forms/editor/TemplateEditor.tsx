import { theme } from 'antd';
import { useState, type CSSProperties } from 'react';
import { useT } from '../../port/HostPort';
import { VariablePicker } from '../picker/VariablePicker';
import { templateOf } from '../variables/template';
import type { VariableNode } from '../variables/types';
import { useTemplateEditor } from './useTemplateEditor';

export interface TemplateEditorProps {
  value?: string | null;
  onChange?(value: string): void;
  offered: readonly VariableNode[];
  all: readonly VariableNode[];
  multiline?: boolean;
  /** code: fixed width */
  code?: boolean;
  minRows?: number;
  maxRows?: number;
  disabled?: boolean;
  /** nothing can be typed, but a variable can be chosen in place of the present one */
  readOnly?: boolean;
  /** no variables at all: neither a button nor a way to pick one */
  plain?: boolean;
  placeholder?: string;
  status?: '' | 'error' | 'warning';
  style?: CSSProperties;
  className?: string;
  id?: string;
  'aria-label'?: string;
  'aria-required'?: boolean | 'true' | 'false';
  'aria-invalid'?: boolean | 'true' | 'false';
  'aria-describedby'?: string;
}

/** Text in which variables are shown as pills. What is stored is text with `{{…}}`, which may be typed as well. */
export function TemplateEditor(props: TemplateEditorProps) {
  const { value, onChange, offered, all, multiline = false, disabled, readOnly, plain, placeholder, status, style, className } = props;
  const { token } = theme.useToken();
  const t = useT();
  const [focused, setFocused] = useState(false);
  const text = value ?? '';
  const { root, handlers, insert, replaceAll, focusAtCaret } = useTemplateEditor({ text, onChange, all, multiline, id: props.id });
  const isFrozen = disabled || readOnly;
  const lineHeight = token.fontSize * token.lineHeight;
  // One line is as high as the host's other inputs, also in compact themes.
  const paddingBlock = Math.max(0, (token.controlHeight - lineHeight) / 2 - token.lineWidth);
  const rows = multiline ? props.minRows ?? 3 : 1;
  const minHeight = rows * lineHeight + 2 * (paddingBlock + token.lineWidth);
  const accent = status === 'error' ? token.colorError : status === 'warning' ? token.colorWarning : undefined;
  const box: CSSProperties = {
    position: 'relative',
    boxSizing: 'border-box',
    flex: 1,
    minWidth: 0,
    minHeight: Math.max(minHeight, token.controlHeight),
    maxHeight: multiline ? (props.maxRows ?? 16) * lineHeight : undefined,
    overflow: 'auto',
    padding: `${paddingBlock}px ${token.paddingSM - token.lineWidth}px`,
    border: `${token.lineWidth}px ${token.lineType} ${accent ?? (focused ? token.colorPrimary : token.colorBorder)}`,
    borderStartStartRadius: token.borderRadius,
    borderEndStartRadius: token.borderRadius,
    borderStartEndRadius: plain ? token.borderRadius : 0,
    borderEndEndRadius: plain ? token.borderRadius : 0,
    background: disabled ? token.colorBgContainerDisabled : token.colorBgContainer,
    boxShadow: focused ? `0 0 0 ${token.controlOutlineWidth}px ${accent ? token.colorErrorOutline : token.controlOutline}` : undefined,
    transition: `border-color ${token.motionDurationMid}, box-shadow ${token.motionDurationMid}`,
  };
  return (
    <div className={className} style={{ display: 'flex', width: '100%', ...style }}>
      <div style={box} onClick={(event) => event.target === event.currentTarget && root.current?.focus()}>
        <div
          {...handlers}
          ref={root}
          id={props.id}
          role="textbox"
          tabIndex={disabled ? -1 : 0}
          contentEditable={!isFrozen}
          suppressContentEditableWarning
          spellCheck={!props.code && multiline}
          aria-label={props['aria-label']}
          aria-multiline={multiline}
          aria-placeholder={placeholder}
          aria-disabled={disabled}
          aria-readonly={isFrozen}
          aria-required={props['aria-required']}
          aria-invalid={props['aria-invalid'] ?? status === 'error'}
          aria-describedby={props['aria-describedby']}
          onFocus={() => setFocused(true)}
          onBlur={() => setFocused(false)}
          style={{
            outline: 'none',
            minHeight: lineHeight,
            whiteSpace: multiline ? 'pre-wrap' : 'pre',
            overflowWrap: 'anywhere',
            fontFamily: props.code ? token.fontFamilyCode : undefined,
            fontSize: token.fontSize,
            lineHeight: `${lineHeight}px`,
            color: disabled ? token.colorTextDisabled : token.colorText,
            cursor: disabled ? 'not-allowed' : 'text',
          }}
        />
        {!text && placeholder ? (
          <span
            aria-hidden
            style={{
              position: 'absolute',
              insetBlockStart: paddingBlock,
              insetInline: token.paddingSM - token.lineWidth,
              color: token.colorTextPlaceholder,
              pointerEvents: 'none',
              overflow: 'hidden',
              textOverflow: 'ellipsis',
              whiteSpace: 'nowrap',
            }}
          >
            {placeholder}
          </span>
        ) : null}
      </div>
      {!plain && (
        <VariablePicker
          tree={offered}
          disabled={disabled}
          label={readOnly ? t('Choose a variable') : t('Insert variable')}
          onSelect={({ path }) => (readOnly ? replaceAll(templateOf(path)) : insert(templateOf(path)))}
          onClose={readOnly ? undefined : focusAtCaret}
          style={{ height: 'auto', marginInlineStart: -1, borderStartStartRadius: 0, borderEndStartRadius: 0 }}
        />
      )}
    </div>
  );
}
