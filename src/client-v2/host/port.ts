import type { Application } from '@nocobase/client-v2';
import type { HostPort } from '../../client/port/HostPort';
import { PLUGIN_NAME } from '../../common/constants';
import { EngineCatalog } from './catalog';
import { Environment } from './environment';
import { guardLeaving } from './leaving';
import { sendAction } from './request';
import { createTranslator } from './translator';

/** The application object of either client, as far as both have the same. */
export type LaneApplication = Omit<Application, 'pluginSettingsManager'> & { pluginSettingsManager: { has(name: string): boolean } };

export interface LanePort extends HostPort {
  /** to be called when one of our pages is opened: what the port remembers may have changed meanwhile */
  refresh(): void;
  collections: EngineCatalog;
}

/** What pages, canvas and forms need, from the application object that both clients share. */
export function createPort(app: LaneApplication, inputs: HostPort['inputs'] = {}): LanePort {
  const compile = (text: unknown) => (typeof text === 'string' ? app.flowEngine.context.t(text) : '');
  const client = () => app.apiClient ?? app.flowEngine.context.api;
  const collections = new EngineCatalog(() => app.flowEngine.context.dataSourceManager, compile);
  const environment = new Environment(app);
  return {
    request: (request) => sendAction(client(), request),
    t: createTranslator(app.i18n),
    compile,
    get language() {
      return app.i18n.language;
    },
    collections,
    inputs,
    environment: () => environment.names(),
    navigate: (path, options) => void app.router.router.navigate(path, options),
    guardLeaving: (isNeeded, ask) => guardLeaving(app.router.router, isNeeded, ask),
    href: (path) => app.getHref(path),
    // All actions of the plugin's pages belong to one permission; the server checks each of them again.
    can: () => app.pluginSettingsManager.has(PLUGIN_NAME),
    subscribe(type, listener) {
      const onMessage = (event: Event) => listener((event as CustomEvent).detail);
      app.eventBus.addEventListener(`ws:message:${type}`, onMessage);
      return () => app.eventBus.removeEventListener(`ws:message:${type}`, onMessage);
    },
    get apiBase() {
      return app.getApiUrl().replace(/\/$/, '');
    },
    drawerContainer: () => document.querySelector<HTMLElement>('#nocobase-app-container') ?? undefined,
    refresh() {
      collections.forget();
      void environment.load();
    },
  };
}
