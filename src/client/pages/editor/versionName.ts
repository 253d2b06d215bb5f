import type { HostPort } from '../../port/HostPort';
import type { VersionLine } from './editorApi';

/** How people call a version: its number in order of making, and what its description begins with. */
export function versionName({ description }: Pick<VersionLine, 'description'>, number: number, t: HostPort['t']): string {
  const [first = ''] = (description ?? '').trim().split('\n');
  const name = t('Version {{number}}', { number });
  return first ? `${name} – ${first}` : name;
}
