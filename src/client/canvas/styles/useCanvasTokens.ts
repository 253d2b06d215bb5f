import { theme } from 'antd';
import { useMemo, type CSSProperties } from 'react';
import { opaque } from './opaque';

/** The theme's colours and sizes as CSS variables for the style sheet of the canvas; light and dark follow by themselves. */
export function useCanvasTokens(): CSSProperties {
  const { token } = theme.useToken();
  return useMemo(
    () =>
      ({
        '--wf-bg': token.colorBgLayout,
        '--wf-card': token.colorBgContainer,
        '--wf-raised': token.colorBgElevated,
        '--wf-fill': token.colorFillTertiary,
        '--wf-fill-strong': token.colorFillSecondary,
        '--wf-border': token.colorBorderSecondary,
        '--wf-line': opaque(token.colorTextQuaternary, token.colorBgLayout),
        '--wf-text': token.colorText,
        '--wf-text-2': token.colorTextSecondary,
        '--wf-text-3': token.colorTextTertiary,
        '--wf-primary': token.colorPrimary,
        '--wf-primary-bg': token.colorPrimaryBg,
        '--wf-primary-border': token.colorPrimaryBorder,
        '--wf-error': token.colorError,
        '--wf-error-bg': token.colorErrorBg,
        '--wf-warning': token.colorWarning,
        '--wf-warning-bg': token.colorWarningBg,
        '--wf-success': token.colorSuccess,
        '--wf-success-bg': token.colorSuccessBg,
        '--wf-on-primary': token.colorTextLightSolid,
        '--wf-shadow': token.boxShadowTertiary,
        '--wf-shadow-up': token.boxShadowSecondary,
        '--wf-radius': `${token.borderRadiusLG}px`,
        '--wf-radius-sm': `${token.borderRadiusSM}px`,
        '--wf-font': token.fontFamily,
        '--wf-font-size': `${token.fontSize}px`,
        '--wf-font-small': `${token.fontSizeSM}px`,
      }) as CSSProperties,
    [token],
  );
}
