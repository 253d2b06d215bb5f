import { PLUGIN_NAME } from '../../common/constants';

const NAMESPACES = [PLUGIN_NAME, 'client'];

/** Texts are keys as they are, and React escapes what is put into them. */
const OPTIONS = { ns: NAMESPACES, nsSeparator: false, keySeparator: false, interpolation: { escapeValue: false } };

/** As far as texts need it. */
export interface I18n {
  t(key: string, options?: object): string;
  on(event: 'languageChanged', handler: () => void): unknown;
  store?: { on(event: 'added' | 'removed', handler: () => void): unknown };
}

/**
 * Texts without values are looked up once: a page with a large flow asks for hundreds of them with every edit, and each
 * look-up goes through all namespaces. They are forgotten with the language, and when texts are added.
 */
export function createTranslator(i18n: I18n): (key: string, values?: Record<string, unknown>) => string {
  const known = new Map<string, string>();
  const forget = () => known.clear();
  i18n.on('languageChanged', forget);
  i18n.store?.on('added', forget);
  i18n.store?.on('removed', forget);
  return (key, values) => {
    if (values) return i18n.t(key, { ...OPTIONS, ...values });
    const text = known.get(key) ?? i18n.t(key, OPTIONS);
    known.set(key, text);
    return text;
  };
}
