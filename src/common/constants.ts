/** Name of the plugin in `applicationPlugins` and of its i18n namespace. */
export const PLUGIN_NAME = 'workflow';
/** Package name under which the host looks the plugin up, whatever name it was published with. */
export const PACKAGE_NAME = '@nocobase/plugin-workflow';
/** Topic of the host's worker mode: a process that serves it executes workflows. */
export const WORKER_TOPIC = 'workflow:process';
/** Branch heads of a condition node. */
export const BRANCH_INDEX = { DEFAULT: null, ON_TRUE: 1, ON_FALSE: 0 } as const;
/** Bits of the collection trigger's `mode`. */
export const COLLECTION_MODE = { CREATE: 1, UPDATE: 2, DESTROY: 4 } as const;
/** Modes of the schedule trigger. */
export const SCHEDULE_MODE = { STATIC: 0, DATE_FIELD: 1 } as const;
/** Permission for the pages that administer workflows. */
export const ACL_SNIPPET = 'pm.workflow.workflows';
