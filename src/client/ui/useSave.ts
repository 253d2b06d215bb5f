import { useState } from 'react';
import { errorText } from './errorText';

/** What a dialog with one form shows while it saves, and when that was refused. */
export interface Save {
  isSaving: boolean;
  /** why the last try failed, in words */
  failure: string | undefined;
  /** Saves; resolves to whether it succeeded, and never rejects. */
  run(save: () => Promise<unknown>): Promise<boolean>;
  /** forgets the failure */
  reset(): void;
}

export function useSave(): Save {
  const [failure, setFailure] = useState<string>();
  const [isSaving, setSaving] = useState(false);
  return {
    isSaving,
    failure,
    reset: () => setFailure(undefined),
    async run(save) {
      setSaving(true);
      setFailure(undefined);
      try {
        await save();
        return true;
      } catch (error) {
        setFailure(errorText(error));
        return false;
      } finally {
        setSaving(false);
      }
    },
  };
}
