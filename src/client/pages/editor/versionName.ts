import type { HostPort } from '../../port/HostPort';
import type { VersionLine } from './editorApi';

/** The how-manieth a version is among all of a workflow, of which the newest comes first. */
export function numberOf(id: string, versions: readonly Pick<VersionLine, 'id'>[]): number | null {
  const index = versions.findIndex((version) => String(version.id) === id);
  return index < 0 ? null : versions.length - index;
}

/** How people call a version: its number in order of making, and what its description begins with. */
export function versionName({ description }: Pick<VersionLine, 'description'>, number: number, t: HostPort['t']): string {
  const [first = ''] = (description ?? '').trim().split('\n');
  const name = t('Version {{number}}', { number });
  return first ? `${name} – ${first}` : name;
}
