/** What the host's page says about where its files lie. */
export interface PageGlobals {
  /** address of the running script, when it is known */
  script?: string;
  /** base of a CDN, `__webpack_public_path__` of the page; may be empty */
  cdn?: string;
  /** `__nocobase_public_path__`, `/` or the folder that the application is deployed in; in the v2 client with its prefix */
  base?: string;
  /** prefix of the v2 client, `v` by default */
  modernPrefix?: string;
}

const withSlash = (path: string) => (path.endsWith('/') ? path : `${path}/`);

/**
 * Address of the folder that a bundle lies in.
 * @param lanePath path of the folder below the application, e.g. `/static/plugins/<package>/dist/client/`
 * @example laneFolder('/static/plugins/p/dist/client/', { base: '/nocobase/v/', modernPrefix: 'v' })
 * // '/nocobase/static/plugins/p/dist/client/'
 */
export function laneFolder(lanePath: string, { script, cdn, base, modernPrefix = 'v' }: PageGlobals): string {
  const at = script?.indexOf(lanePath) ?? -1;
  if (script && at >= 0) return script.slice(0, at + lanePath.length);
  if (cdn) return `${withSlash(cdn)}${lanePath.slice(1)}`;
  const folder = withSlash(base || '/');
  const prefix = `/${modernPrefix.replaceAll('/', '')}/`;
  const root = folder.endsWith(prefix) ? folder.slice(0, -prefix.length + 1) : folder;
  return `${root}${lanePath.slice(1)}`;
}
