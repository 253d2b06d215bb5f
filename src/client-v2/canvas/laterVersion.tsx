import { Alert } from 'antd';
import type { PropsWithChildren } from 'react';
import { useT } from '../host/translation';

/**
 * Stands for a part of the workflow editor that this version does not have: says so and shows what is put into it.
 * Extensions import such parts when they load, so they have to be there.
 */
export function laterVersion(name: string) {
  function LaterVersion({ children }: PropsWithChildren<Record<string, unknown>>) {
    const t = useT();
    return (
      <>
        <Alert type="info" message={t('This is configured in a later version of the workflow plugin.')} />
        {children}
      </>
    );
  }
  LaterVersion.displayName = name;
  return LaterVersion;
}
