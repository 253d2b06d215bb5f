import { CloseCircleFilled } from '@ant-design/icons';
import { Button, Typography } from 'antd';
import type { TextAreaProps } from 'antd/es/input';
import { useState } from 'react';
import { useT } from '../../port/HostPort';
import { useFormScope } from '../context';
import { TemplateEditor, type TemplateEditorProps } from '../editor/TemplateEditor';
import type { MetaTreeNode } from '../variables/convert';
import { variablePath } from '../variables/template';
import { useInputTree, type VariableOptions } from '../variables/useTree';

interface VariableProps {
  /** which variables fit, or a tree of the input's own */
  variableOptions?: VariableOptions;
  metaTree?: readonly MetaTreeNode[];
}

type EditorProps = Pick<
  TemplateEditorProps,
  'id' | 'disabled' | 'readOnly' | 'placeholder' | 'status' | 'style' | 'className' | 'aria-label' | 'aria-required' | 'aria-invalid' | 'aria-describedby'
>;

/** What an editor gets from its place: variables, unless they make no sense there, and whether it may be changed. */
function useEditor({ variableOptions, metaTree }: VariableProps, disabled: boolean | undefined) {
  const scope = useFormScope();
  const tree = useInputTree(variableOptions, metaTree);
  const hasTree = Boolean(metaTree) || Array.isArray(variableOptions);
  return { ...tree, plain: !hasTree && (scope === null || scope.hideVariables), disabled: disabled ?? scope?.readOnly };
}

export interface WorkflowVariableInputProps extends VariableProps, EditorProps {
  value?: string | null;
  onChange?(value: string): void;
}

/** A line of text with variables as pills; `{{…}}` may be typed as well. Read-only: only a variable can be chosen. */
export function WorkflowVariableInput({ value, onChange, variableOptions, metaTree, disabled, ...props }: WorkflowVariableInputProps) {
  const t = useT();
  const editor = useEditor({ variableOptions, metaTree }, disabled);
  return (
    <div style={{ display: 'flex', ...props.style }}>
      <TemplateEditor {...props} {...editor} style={undefined} value={value} onChange={onChange} />
      {props.readOnly && value && !editor.disabled ? (
        <Button type="text" aria-label={t('Clear')} icon={<CloseCircleFilled />} onClick={() => onChange?.('')} />
      ) : null}
    </div>
  );
}

/** antd's `autoSize`, or `rows`, as rows of the editor. */
function rowsOf(autoSize: TextAreaProps['autoSize'], rows: number | undefined): { minRows?: number; maxRows?: number } {
  return typeof autoSize === 'object' ? autoSize : { minRows: rows };
}

const DEFAULT_DELIMITERS = ['{{', '}}'] as const;

export interface WorkflowVariableTextAreaProps extends VariableProps, EditorProps {
  value?: string | null;
  onChange?(value: string): void;
  autoSize?: TextAreaProps['autoSize'];
  rows?: number;
  /** how variables are written, for languages that use braces themselves */
  delimiters?: readonly [string, string] | readonly string[];
}

/** Text in several lines with variables as pills. */
export function WorkflowVariableTextArea({
  value,
  onChange,
  variableOptions,
  metaTree,
  disabled,
  autoSize,
  rows,
  delimiters = DEFAULT_DELIMITERS,
  ...props
}: WorkflowVariableTextAreaProps) {
  const editor = useEditor({ variableOptions, metaTree }, disabled);
  const [open = '{{', close = '}}'] = delimiters;
  const isOwn = open !== '{{' || close !== '}}';
  // The editor speaks `{{…}}`; other ways of writing are changed on their way in and out.
  const inward = (text: string) => (isOwn ? text.split(open).join('{{').split(close).join('}}') : text);
  const outward = (text: string) => (isOwn ? text.replaceAll(/{{\s*([^{}]+?)\s*}}/g, (_, path: string) => `${open}${path}${close}`) : text);
  return (
    <TemplateEditor
      {...props}
      {...editor}
      {...rowsOf(autoSize, rows)}
      multiline
      value={inward(value ?? '')}
      onChange={(text) => onChange?.(outward(text))}
    />
  );
}

function toText(value: unknown): string {
  if (value === undefined || value === null) return '';
  // What was no JSON when it was written, or is one variable as a whole, stays as it is.
  if (typeof value === 'string' && (variablePath(value) || /^\s*[[{]/.test(value))) return value;
  return JSON.stringify(value, null, 2);
}

/** @returns `ok: false` for what is no JSON; it is kept as text, so that nothing typed gets lost */
function fromText(text: string): { value: unknown; ok: boolean } {
  if (!text.trim()) return { value: null, ok: true };
  if (variablePath(text)) return { value: text.trim(), ok: true };
  try {
    return { value: JSON.parse(text), ok: true };
  } catch {
    return { value: text, ok: false };
  }
}

export interface WorkflowVariableJsonTextAreaProps extends VariableProps, EditorProps {
  value?: unknown;
  onChange?(value: unknown): void;
  autoSize?: TextAreaProps['autoSize'];
  rows?: number;
}

/** JSON with variables inside its texts. Gives the parsed value. */
export function WorkflowVariableJsonTextArea({
  value,
  onChange,
  variableOptions,
  metaTree,
  disabled,
  autoSize,
  rows,
  ...props
}: WorkflowVariableJsonTextAreaProps) {
  const t = useT();
  const editor = useEditor({ variableOptions, metaTree }, disabled);
  const [typed, setTyped] = useState<{ text: string; value: unknown } | null>(null);
  // Spaces and line breaks are the author's: what is typed stays until another value comes from outside.
  const isOwn = typed !== null && JSON.stringify(typed.value) === JSON.stringify(value ?? null);
  const text = isOwn ? typed.text : toText(value);
  const { ok } = fromText(text);
  return (
    <div>
      <TemplateEditor
        {...props}
        {...editor}
        {...rowsOf(autoSize, rows)}
        multiline
        code
        status={ok ? props.status : 'error'}
        value={text}
        onChange={(next) => {
          const parsed = fromText(next);
          setTyped({ text: next, value: parsed.value });
          onChange?.(parsed.value);
        }}
      />
      {!ok && (
        <Typography.Text type="danger" role="alert">
          {t('This is not valid JSON. Variables have to stand in quotes.')}
        </Typography.Text>
      )}
    </div>
  );
}

