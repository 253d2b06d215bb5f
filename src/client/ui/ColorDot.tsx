import { theme } from 'antd';
import type { GlobalToken } from 'antd';

/** Colours that categories may have: names of antd's palette. */
export const CATEGORY_COLORS = ['default', 'blue', 'cyan', 'green', 'gold', 'orange', 'red', 'magenta', 'purple'] as const;

function colorOf(name: string | null | undefined, token: GlobalToken): string {
  if (!name || name === 'default') return token.colorTextQuaternary;
  if (name.startsWith('#') || name.startsWith('rgb')) return name;
  const value = (token as unknown as Record<string, unknown>)[`${name}6`] ?? (token as unknown as Record<string, unknown>)[name];
  return typeof value === 'string' ? value : token.colorTextQuaternary;
}

/** A dot in the colour of a category; the name stands beside it. */
export function ColorDot({ color, size = 8 }: { color: string | null | undefined; size?: number }) {
  const { token } = theme.useToken();
  return (
    <span
      aria-hidden
      style={{ display: 'inline-block', flex: 'none', width: size, height: size, borderRadius: '50%', background: colorOf(color, token) }}
    />
  );
}
