import { HOST_PACKAGE_NAME } from './paths.mjs';

/** Modules that both browser hosts define. A path below one of these packages is not defined and gets bundled. */
const SHARED_MODULES = [
  'react', 'react-dom', 'react/jsx-runtime', 'react-router', 'react-router-dom', 'antd', 'antd-style', '@ant-design/icons',
  '@ant-design/cssinjs', 'i18next', 'react-i18next', '@formily/antd-v5', '@formily/core', '@formily/react',
  '@formily/reactive', '@formily/shared', '@nocobase/utils', '@nocobase/utils/client', '@nocobase/client-v2',
  '@nocobase/flow-engine', '@nocobase/evaluators', '@nocobase/evaluators/client', '@dnd-kit/core', '@dnd-kit/sortable',
  '@ctrl/tinycolor', 'ahooks', 'axios', 'dayjs', 'lodash', '@emotion/css', 'file-saver',
];

/** Modules that only the v1 host defines; there the v2 lane of this package is a module of its own and is not copied. */
const V1_MODULES = [
  '@nocobase/client', '@nocobase/sdk', '@formily/json-schema', '@formily/path', '@formily/validator',
  '@formily/reactive-react', `${HOST_PACKAGE_NAME}/client-v2`,
];

/** The two browser halves: where their source is, the id under which the host asks for them, what the host defines. */
export const LANES = {
  client: { source: 'client-v1', moduleId: HOST_PACKAGE_NAME, hostModules: [...SHARED_MODULES, ...V1_MODULES] },
  'client-v2': { source: 'client-v2', moduleId: `${HOST_PACKAGE_NAME}/client-v2`, hostModules: SHARED_MODULES },
};
