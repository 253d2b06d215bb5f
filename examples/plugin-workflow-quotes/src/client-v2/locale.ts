import { useTranslation } from 'react-i18next';

const NAMESPACE = '@example/plugin-workflow-quotes';

/** A text that the client translates when it shows it. */
export const t = (key: string): string => `{{t(${JSON.stringify(key)}, ${JSON.stringify({ ns: NAMESPACE })})}}`;

/** Translates inside a component. */
export function useT(): (key: string) => string {
  return useTranslation(NAMESPACE).t;
}
