import { laneFolder } from './publicPath';

declare const LANE_PATH: string;
declare let __webpack_public_path__: string;

/** The page's own variables; inside a bundle the name of the first one means the bundle's own. */
interface PageWindow {
  __webpack_public_path__?: string;
  __nocobase_public_path__?: string;
  __nocobase_modern_client_prefix__?: string;
}

const page = globalThis as unknown as PageWindow;
const script = globalThis.document?.currentScript as HTMLScriptElement | null | undefined;

// eslint-disable-next-line prefer-const -- the bundler takes this assignment for its own setting
__webpack_public_path__ = laneFolder(LANE_PATH, {
  script: script?.src,
  cdn: page['__webpack_public_path__'],
  base: page.__nocobase_public_path__,
  modernPrefix: page.__nocobase_modern_client_prefix__,
});
