import { Tooltip, theme, type GlobalToken } from 'antd';
import type { ExecutionStatus } from '../../common/status';
import { useT } from '../port/HostPort';
import { executionLook, jobLook, reasonText, type StatusLook, type StatusTone } from './statuses';

/** Colours of a tone: the text keeps the colour of text, so that it can be read on every theme. */
export function toneColors(tone: StatusTone, token: GlobalToken) {
  switch (tone) {
    case 'success':
      return { icon: token.colorSuccess, background: token.colorSuccessBg, border: token.colorSuccessBorder };
    case 'error':
      return { icon: token.colorError, background: token.colorErrorBg, border: token.colorErrorBorder };
    case 'warning':
      return { icon: token.colorWarning, background: token.colorWarningBg, border: token.colorWarningBorder };
    case 'processing':
      return { icon: token.colorPrimary, background: token.colorPrimaryBg, border: token.colorPrimaryBorder };
    case 'default':
      return { icon: token.colorTextSecondary, background: token.colorFillQuaternary, border: token.colorBorderSecondary };
  }
}

function Tag({ look, hint }: { look: StatusLook; hint?: string }) {
  const { token } = theme.useToken();
  const colors = toneColors(look.tone, token);
  const tag = (
    <span
      data-tone={look.tone}
      style={{
        display: 'inline-flex',
        alignItems: 'center',
        gap: token.marginXXS,
        padding: `0 ${token.paddingXS}px`,
        border: `${token.lineWidth}px solid ${colors.border}`,
        borderRadius: token.borderRadiusSM,
        background: colors.background,
        color: token.colorText,
        fontSize: token.fontSizeSM,
        lineHeight: `${token.controlHeightSM - 4}px`,
        whiteSpace: 'nowrap',
      }}
    >
      <span aria-hidden style={{ color: colors.icon, lineHeight: 1 }}>
        {look.icon}
      </span>
      {look.text}
    </span>
  );
  return hint ? <Tooltip title={hint}>{tag}</Tooltip> : tag;
}

/** Status of an execution as icon and text; why it was aborted is in the tooltip. */
export function ExecutionStatusTag({ status, reason }: { status: ExecutionStatus; reason?: string | null }) {
  const t = useT();
  const look = executionLook(status, t);
  return <Tag look={look} hint={reasonText(reason, t) ?? look.hint} />;
}

/** Status of a job as icon and text. */
export function JobStatusTag({ status }: { status: number }) {
  const t = useT();
  const look = jobLook(status, t);
  return <Tag look={look} hint={look.hint} />;
}
