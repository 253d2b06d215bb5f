/** The plugins of the host that the workflow plugin cannot do without, and no more: what boots often has to boot fast. */
export const HOST_PLUGINS: readonly string[] = [
  'error-handler',
  'field-sort',
  'data-source-main',
  'data-source-manager',
  'users',
  'auth',
  'acl',
  'file-manager',
  'system-settings',
];
