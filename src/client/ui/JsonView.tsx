import { CopyOutlined, DownOutlined, RightOutlined } from '@ant-design/icons';
import { App, Button, theme } from 'antd';
import { useState, type CSSProperties, type ReactNode } from 'react';
import { useT } from '../port/HostPort';
import { entriesOf, jsonKind, jsonText, previewText, short } from './jsonText';

/** what is open at first, in levels */
const OPEN_LEVELS = 2;
const SHORT_TEXT = 300;
const SHORT_LIST = 50;

interface JsonViewProps {
  value: unknown;
  /** names the value for screen readers, e.g. `Result` */
  label: string;
  /** CSS length at which it begins to scroll */
  maxHeight?: string;
}

/** A value as a tree whose parts open and close. Long texts and lists are shortened until all of them is asked for. */
export function JsonView({ value, label, maxHeight = '28em' }: JsonViewProps) {
  const t = useT();
  const { token } = theme.useToken();
  const { message } = App.useApp();
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(jsonText(value));
      void message.success(t('Copied'));
    } catch {
      void message.error(t('The browser did not allow copying'));
    }
  };
  return (
    <div
      role="group"
      aria-label={label}
      style={{ position: 'relative', background: token.colorFillQuaternary, borderRadius: token.borderRadius }}
    >
      <div
        // Scrolled by keyboard when it is longer than its box.
        tabIndex={0}
        style={{
          maxHeight,
          overflow: 'auto',
          padding: token.paddingSM,
          paddingInlineEnd: token.paddingXL,
          fontFamily: token.fontFamilyCode,
          fontSize: token.fontSizeSM,
          lineHeight: 1.7,
          overflowWrap: 'anywhere',
        }}
      >
        <Item value={value} level={0} />
      </div>
      <Button
        type="text"
        size="small"
        icon={<CopyOutlined />}
        aria-label={t('Copy as JSON')}
        title={t('Copy as JSON')}
        onClick={() => void copy()}
        style={{ position: 'absolute', insetBlockStart: token.paddingXXS, insetInlineEnd: token.paddingXXS }}
      />
    </div>
  );
}

function Item({ name, value, level }: { name?: string; value: unknown; level: number }) {
  const kind = jsonKind(value);
  if (kind !== 'array' && kind !== 'object') {
    return (
      <div style={{ paddingInlineStart: level ? 20 : 0 }}>
        <Name name={name} />
        <Scalar kind={kind} value={value} />
      </div>
    );
  }
  return <Container name={name} value={value as object} level={level} />;
}

function Container({ name, value, level }: { name?: string; value: object; level: number }) {
  const t = useT();
  const { token } = theme.useToken();
  const [isOpen, setOpen] = useState(level < OPEN_LEVELS);
  const [showsAll, setShowsAll] = useState(false);
  const entries = entriesOf(value);
  if (entries.length === 0) {
    return (
      <div style={{ paddingInlineStart: level ? 20 : 0 }}>
        <Name name={name} />
        {Array.isArray(value) ? '[]' : '{}'}
      </div>
    );
  }
  const shown = showsAll ? entries : entries.slice(0, SHORT_LIST);
  return (
    <div>
      <Quiet aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        <span aria-hidden style={{ flex: 'none', width: 20, fontSize: 10, color: token.colorTextSecondary }}>
          {isOpen ? <DownOutlined /> : <RightOutlined />}
        </span>
        <span>
          <Name name={name} />
          <span style={{ color: token.colorTextSecondary }}>
            {isOpen ? (Array.isArray(value) ? `[${entries.length}]` : `{${entries.length}}`) : previewText(value)}
          </span>
        </span>
      </Quiet>
      {isOpen && (
        <div style={{ paddingInlineStart: 16, marginInlineStart: 5, borderInlineStart: `1px solid ${token.colorBorderSecondary}` }}>
          {shown.map(([key, item]) => (
            <Item key={key} name={key} value={item} level={level + 1} />
          ))}
          {shown.length < entries.length && (
            <Button type="link" size="small" onClick={() => setShowsAll(true)}>
              {t('Show all {{count}} entries', { count: entries.length })}
            </Button>
          )}
        </div>
      )}
    </div>
  );
}

function Name({ name }: { name: string | undefined }) {
  const { token } = theme.useToken();
  return name === undefined ? null : <span style={{ color: token.colorTextSecondary }}>{name}: </span>;
}

function Scalar({ kind, value }: { kind: 'string' | 'number' | 'boolean' | 'null'; value: unknown }) {
  const t = useT();
  const { token } = theme.useToken();
  const [showsAll, setShowsAll] = useState(false);
  if (kind === 'null') return <span style={{ color: token.colorTextSecondary }}>null</span>;
  if (kind !== 'string') return <span style={{ fontWeight: token.fontWeightStrong }}>{String(value)}</span>;
  const text = value as string;
  return (
    <>
      <span style={{ whiteSpace: 'pre-wrap' }}>{`"${showsAll ? text : short(text, SHORT_TEXT)}"`}</span>
      {!showsAll && text.length > SHORT_TEXT && (
        <Button type="link" size="small" onClick={() => setShowsAll(true)}>
          {t('Show all {{count}} characters', { count: text.length })}
        </Button>
      )}
    </>
  );
}

const QUIET: CSSProperties = {
  display: 'flex',
  border: 0,
  padding: 0,
  background: 'none',
  color: 'inherit',
  font: 'inherit',
  lineHeight: 'inherit',
  textAlign: 'start',
  cursor: 'pointer',
};

function Quiet({ children, ...props }: { children: ReactNode; 'aria-expanded': boolean; onClick(): void }) {
  return (
    <button type="button" style={QUIET} {...props}>
      {children}
    </button>
  );
}
