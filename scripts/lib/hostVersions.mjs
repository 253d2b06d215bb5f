import { createRequire } from 'node:module';
import { HOST_PACKAGE_NAME, fromRoot } from './paths.mjs';

const require = createRequire(fromRoot('package.json'));

/** Versions of what only the browser host carries (NocoBase 2.2.15); npm does not install it here. */
const BROWSER_HOST_VERSIONS = {
  react: '18.2.0',
  'react-dom': '18.2.0',
  'react-router': '6.30.1',
  'react-router-dom': '6.30.1',
  'react-i18next': '11.18.6',
  i18next: '22.4.9',
  antd: '5.24.2',
  'antd-style': '3.7.1',
  '@ant-design/icons': '5.6.1',
  '@ant-design/cssinjs': '1.23.0',
  '@dnd-kit/core': '6.1.0',
  '@dnd-kit/sortable': '7.0.2',
  '@emotion/css': '11.13.0',
  '@formily/antd-v5': '1.2.3',
  '@formily/react': '2.3.7',
  ahooks: '3.7.8',
};

const packageOf = (id) => id.split('/').slice(0, id.startsWith('@') ? 2 : 1).join('/');

function installedVersion(name) {
  try {
    return require(`${name}/package.json`).version;
  } catch {
    // The package hides its package.json, or is not installed.
    return undefined;
  }
}

/**
 * What `dist/externalVersion.js` says: host package → version it was built against. The host compares these with its
 * own and shows a plugin without the list as incompatible.
 *
 * @param {string[]} ids module ids left to the host
 * @returns {Record<string, string>}
 */
export function hostVersions(ids) {
  const nocobase = require('@nocobase/app/package.json').version;
  const names = [...new Set(ids.map(packageOf))].filter((name) => name !== HOST_PACKAGE_NAME).sort();
  const known = names.map((name) => [
    name,
    name.startsWith('@nocobase/') ? nocobase : BROWSER_HOST_VERSIONS[name] ?? installedVersion(name),
  ]);
  return Object.fromEntries(known.filter(([, version]) => version));
}
