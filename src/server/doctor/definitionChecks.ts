import type { FlowNodeModel, Id, WorkflowModel } from '../contract';
import { validateGraph } from '../definition/validateGraph';
import { deletesFrom, idsOf } from './repairs';
import type { Check, CheckContext, Place } from './types';

/** Versions, nodes, and what is counted and kept about them. */
export const definitionChecks: Check[] = [
  {
    code: 'no-current-version',
    level: 'error',
    message: 'A workflow has no current version, so lists do not show it.',
    find: ({ rows }) =>
      rows(`SELECT MAX(w.#id) AS id, w.#key AS detail FROM @workflows w GROUP BY w.#key
        HAVING SUM(CASE WHEN w.#current = TRUE THEN 1 ELSE 0 END) = 0`),
    repair: {
      what: 'Makes its enabled version, or else its newest one, the current version.',
      async run({ plugin }, places) {
        for (const { detail: key } of places) {
          const versions = (await plugin.db
            .getModel('workflows')
            .findAll({ where: { key }, order: [['id', 'DESC']] })) as unknown as WorkflowModel[];
          const chosen = versions.find(({ enabled }) => enabled) ?? versions[0];
          if (chosen && !versions.some(({ current }) => current)) {
            await plugin.db.getModel('workflows').update({ current: true }, { where: { id: chosen.id }, hooks: false });
          }
        }
      },
    },
  },
  {
    code: 'enabled-not-current',
    level: 'error',
    message: 'A version is enabled although another one is current: events would run both.',
    find: ({ rows }) =>
      rows(`SELECT w.#id AS id, w.#key AS detail FROM @workflows w WHERE w.#enabled = TRUE AND w.#current IS NULL
        AND EXISTS (SELECT 1 FROM @workflows c WHERE c.#key = w.#key AND c.#current = TRUE)`),
    repair: {
      what: 'Disables it; the current version stays as it is.',
      async run({ plugin }, places) {
        for (const id of idsOf(places)) {
          const version = (await plugin.db.getModel('workflows').findByPk(id)) as unknown as WorkflowModel | null;
          if (version?.enabled && !version.current) {
            await plugin.db.getModel('workflows').update({ enabled: false }, { where: { id }, hooks: false });
            version.enabled = false;
            await plugin.toggle(version, false);
          }
        }
      },
    },
  },
  {
    code: 'trigger-not-listening',
    level: 'warning',
    message: 'An enabled workflow is switched off in this process, so its events are missed.',
    async find({ rows, plugin }) {
      const enabled = await rows(
        `SELECT w.#id AS id, w.#type AS detail FROM @workflows w WHERE w.#enabled = TRUE AND w.#current = TRUE`,
      );
      return enabled.filter(({ id, detail }) => !plugin.enabledCache.has(Number(id)) && plugin.triggers.get(String(detail)));
    },
    repair: {
      what: 'Switches its trigger on, as workflows:sync does.',
      async run({ plugin }, places) {
        const workflows = (await plugin.db
          .getRepository('workflows')
          .find({ filterByTk: idsOf(places), appends: ['stats', 'versionStats'] })) as unknown as WorkflowModel[];
        for (const workflow of workflows.filter(({ enabled }) => enabled)) {
          await plugin.toggle(workflow, true);
        }
      },
    },
  },
  {
    code: 'unknown-trigger-type',
    level: 'error',
    message: 'An enabled workflow has a trigger type that no plugin provides, so it never runs.',
    async find({ rows, plugin }) {
      const enabled = await rows(`SELECT w.#id AS id, w.#type AS detail FROM @workflows w WHERE w.#enabled = TRUE`);
      return enabled.filter(({ detail }) => !plugin.triggers.get(String(detail)));
    },
  },
  {
    code: 'unknown-node-type',
    level: 'error',
    message: 'An enabled workflow has a node of a type that no plugin provides: its runs will fail there.',
    async find({ rows, plugin }) {
      const types = await rows(
        `SELECT MIN(n.#id) AS id, n.#type AS detail FROM @flow_nodes n JOIN @workflows w ON w.#id = n.#workflowId
         WHERE w.#enabled = TRUE GROUP BY n.#type`,
      );
      return types.filter(({ detail }) => !plugin.instructions.get(String(detail)));
    },
  },
  {
    code: 'broken-graph',
    level: 'error',
    message: 'The nodes of a version do not hang together: some are never reached, or links disagree.',
    async find({ plugin }) {
      const nodes = (await plugin.db.getModel('flow_nodes').findAll({
        attributes: ['id', 'workflowId', 'upstreamId', 'downstreamId', 'branchIndex'],
        raw: true,
      })) as unknown as FlowNodeModel[];
      const versions = new Map<string, FlowNodeModel[]>();
      for (const node of nodes) {
        versions.set(String(node.workflowId), [...(versions.get(String(node.workflowId)) ?? []), node]);
      }
      return [...versions].flatMap(([id, rows]) => {
        const [problem] = validateGraph(rows);
        return problem ? [{ id, detail: problem.message }] : [];
      });
    },
  },
  {
    code: 'duplicate-node-key',
    level: 'error',
    message: 'Two nodes of a version have the same key, so variables may name the wrong one.',
    find: ({ rows }) =>
      rows(`SELECT MAX(n.#id) AS id, n.#key AS detail FROM @flow_nodes n GROUP BY n.#workflowId, n.#key HAVING COUNT(*) > 1`),
  },
  {
    code: 'orphan-node',
    level: 'warning',
    message: 'A node belongs to a version that has been deleted.',
    find: ({ rows }) =>
      rows(`SELECT n.#id AS id, n.#key AS detail FROM @flow_nodes n
        WHERE NOT EXISTS (SELECT 1 FROM @workflows w WHERE w.#id = n.#workflowId)`),
    repair: { what: 'Deletes it.', run: deletesFrom('flow_nodes') },
  },
  {
    code: 'missing-counter',
    level: 'error',
    message: 'A workflow has no counter of its runs.',
    find: ({ rows }) =>
      rows(`SELECT w.#id AS id, w.#key AS detail FROM @workflows w WHERE w.#current = TRUE
        AND NOT EXISTS (SELECT 1 FROM @workflowStats s WHERE s.#key = w.#key)`),
    repair: { what: 'Counts its runs anew.', run: recountKeys },
  },
  {
    code: 'missing-version-counter',
    level: 'error',
    message: 'A version has no counter of its runs, so it could be changed after it has run.',
    find: ({ rows }) =>
      rows(`SELECT w.#id AS id, w.#key AS detail FROM @workflows w
        WHERE NOT EXISTS (SELECT 1 FROM @workflowVersionStats s WHERE s.#id = w.#id)`),
    repair: { what: 'Counts its runs anew.', run: recountVersions },
  },
  {
    code: 'low-counter',
    level: 'error',
    message: 'The counter of a workflow is lower than the number of its runs.',
    find: ({ rows }) =>
      rows(`SELECT s.#key AS id, s.#key AS detail FROM @workflowStats s JOIN @workflows c ON c.#key = s.#key AND c.#current = TRUE
        WHERE s.#executed < (SELECT COUNT(*) FROM @executions e WHERE e.#key = s.#key AND ${COUNTED})`),
    repair: { what: 'Sets it to that number.', run: recountKeys },
  },
  {
    code: 'low-version-counter',
    level: 'error',
    message: 'The counter of a version is lower than the number of its runs, so it could be changed after it has run.',
    find: ({ rows }) =>
      rows(`SELECT s.#id AS id, s.#id AS detail FROM @workflowVersionStats s JOIN @workflows w ON w.#id = s.#id
        WHERE s.#executed < (SELECT COUNT(*) FROM @executions e WHERE e.#workflowId = s.#id AND ${COUNTED})`),
    repair: { what: 'Sets it to that number.', run: recountVersions },
  },
  {
    code: 'orphan-counter',
    level: 'warning',
    message: 'A counter is kept for a workflow that has been deleted.',
    find: ({ rows }) =>
      rows(`SELECT s.#key AS id, s.#key AS detail FROM @workflowStats s WHERE NOT EXISTS (SELECT 1 FROM @workflows w WHERE w.#key = s.#key)`),
    repair: { what: 'Deletes the counter.', run: deletesFrom('workflowStats', 'key') },
  },
  {
    code: 'orphan-version-counter',
    level: 'warning',
    message: 'A counter is kept for a version that has been deleted.',
    find: ({ rows }) =>
      rows(`SELECT s.#id AS id FROM @workflowVersionStats s WHERE NOT EXISTS (SELECT 1 FROM @workflows w WHERE w.#id = s.#id)`),
    repair: { what: 'Deletes the counter.', run: deletesFrom('workflowVersionStats') },
  },
  {
    code: 'orphan-occurrence',
    level: 'warning',
    message: 'The last firing of a schedule is kept for a workflow that has been deleted.',
    find: ({ rows }) =>
      rows(`SELECT o.#key AS id, o.#workflowKey AS detail FROM @workflowOccurrences o
        WHERE o.#workflowKey IS NOT NULL AND NOT EXISTS (SELECT 1 FROM @workflows w WHERE w.#key = o.#workflowKey)`),
    repair: { what: 'Deletes the note.', run: deletesFrom('workflowOccurrences', 'key') },
  },
  {
    code: 'orphan-category',
    level: 'warning',
    message: 'A deleted workflow or category is still linked with the other one.',
    find: ({ rows }) =>
      rows(`SELECT r.#workflowId AS id, r.#categoryId AS detail FROM @workflowCategoryRelations r
        WHERE NOT EXISTS (SELECT 1 FROM @workflows w WHERE w.#id = r.#workflowId)
          OR NOT EXISTS (SELECT 1 FROM @workflowCategories c WHERE c.#id = r.#categoryId)`),
    repair: {
      what: 'Deletes the link.',
      async run({ plugin }, places) {
        for (const { id: workflowId, detail: categoryId } of places) {
          await plugin.db.getModel('workflowCategoryRelations').destroy({ where: { workflowId, categoryId } });
        }
      },
    },
  },
  {
    code: 'orphan-task-numbers',
    level: 'warning',
    message: 'Numbers of to-dos are kept for a workflow that has been deleted.',
    find: ({ rows }) =>
      rows(`SELECT DISTINCT t.#workflowKey AS id, t.#workflowKey AS detail FROM @userWorkflowTaskStats t
        WHERE NOT EXISTS (SELECT 1 FROM @workflows w WHERE w.#key = t.#workflowKey)`),
    repair: {
      what: 'Deletes them and counts the to-dos of their users anew.',
      async run({ plugin }, places) {
        const where = { workflowKey: idsOf(places) };
        const stats = plugin.db.getModel('userWorkflowTaskStats');
        const userIds = (await stats.findAll({ attributes: ['userId'], where, group: ['userId'] })).map((row) => row.get('userId') as Id);
        await stats.destroy({ where });
        await plugin.repairTaskStats({ userIds });
      },
    },
  },
];

/** Runs that a worker has begun; rows of the stock plugin have no epoch, and it counts when it stores. */
const COUNTED = `(e.#epoch > 0 OR (e.#epoch IS NULL AND e.#status IS NOT NULL))`;

async function recountKeys({ plugin, rows }: CheckContext, places: Place[]): Promise<void> {
  for (const { detail } of places) {
    const key = String(detail);
    const [found] = await rows(`SELECT COUNT(*) AS id FROM @executions e WHERE e.#key = ${plugin.db.sequelize.escape(key)} AND ${COUNTED}`);
    const executed = Number(found?.id ?? 0);
    const stats = plugin.db.getModel('workflowStats');
    const row = await stats.findByPk(key);
    if (!row) {
      await stats.create({ key, executed });
    } else if (Number(row.get('executed')) < executed) {
      await stats.update({ executed }, { where: { key } });
    }
  }
}

async function recountVersions({ plugin, rows }: CheckContext, places: Place[]): Promise<void> {
  for (const { id } of places) {
    const [found] = await rows(`SELECT COUNT(*) AS id FROM @executions e WHERE e.#workflowId = ${String(BigInt(id))} AND ${COUNTED}`);
    const executed = Number(found?.id ?? 0);
    const stats = plugin.db.getModel('workflowVersionStats');
    const row = await stats.findByPk(id);
    if (!row) {
      await stats.create({ id, executed });
    } else if (Number(row.get('executed')) < executed) {
      await stats.update({ executed }, { where: { id } });
    }
  }
}
