import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Absolute path of the repository root. */
export const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

/** Absolute path inside the repository. */
export const fromRoot = (...segments) => resolve(ROOT, ...segments);

/** The name under which the host looks the plugin up, whatever name it was published with. */
export const HOST_PACKAGE_NAME = '@nocobase/plugin-workflow';
