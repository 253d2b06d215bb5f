import type { DocumentError } from '../../document/DocumentError';
import type { HostPort } from '../../port/HostPort';

/** Why an edit was refused, for people. */
export function commandErrorText({ code }: DocumentError, t: HostPort['t']): string {
  switch (code) {
    case 'into-itself':
      return t('A node cannot be moved into its own branches');
    case 'unknown-node':
    case 'unknown-note':
      return t('It is not there any more');
    case 'nothing-selected':
      return t('Nothing is selected');
    case 'empty-branch':
      return t('The branch to keep holds no node');
    case 'key-taken':
    case 'branch-taken':
    case 'broken-fragment':
      return t('What was pasted does not fit together');
  }
}
