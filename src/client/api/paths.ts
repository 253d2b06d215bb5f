import type { Id } from './types';

/** Addresses of our pages below the application; `port.href` makes full ones of them. */
export const paths = {
  workflows: () => '/admin/settings/workflow',
  workflow: (id: Id) => `/admin/settings/workflow/workflows/${id}`,
  executions: () => '/admin/settings/workflow/executions',
  execution: (id: Id) => `/admin/settings/workflow/executions/${id}`,
};
