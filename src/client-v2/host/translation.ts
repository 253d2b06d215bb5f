import { useTranslation } from 'react-i18next';
import { PLUGIN_NAME } from '../../common/constants';

/** Translates the plugin's texts; the key is the English text. */
export function useT() {
  const { t } = useTranslation([PLUGIN_NAME, 'client'], { nsMode: 'fallback' });
  return t;
}

/** A text that is translated when it is shown; the host compiles such templates. */
export const tExpr = (text: string): string => `{{t(${JSON.stringify(text)}, { ns: ["${PLUGIN_NAME}", "client"] })}}`;

/** Gives a `{{t("…")}}` template or a plain text in the current language. */
export function useCompiledText() {
  const t = useT();
  return (text: string): string => {
    const [, key] = /^\{\{\s*t\(\s*["'](.+?)["']/.exec(text) ?? [];
    return key ? t(key) : text;
  };
}
