import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DIALECTS } from '../helpers/dialects';
import { startHost } from '../helpers/host';
import document from '../../src/swagger';
import { BadInputWorld, HUGE, messageOf, withoutTimes } from './badInputWorld';

const NO_KEYS = ['abc', '1e5', '1.5', HUGE, '{"a":1}', 'null', '[]', '1 OR 1=1', "1'"];

/** Keys, selections, bodies and parameters that are none: a 4xx that says so, and nothing is saved. */
/** Actions that mean something without a key: all workflows, a config that is not saved, all executions. */
const WORKS_WITHOUT_KEY = new Set(['workflows:sync', 'workflows:previewSchedule', 'executions:watch']);

describe.each(DIALECTS.filter((dialect) => dialect !== 'mariadb'))('bad requests on %s', (dialect) => {
  let world: BadInputWorld;

  beforeAll(async () => {
    world = await BadInputWorld.create(await startHost({ dialect }));
  });

  afterAll(() => world?.matrix.host.close());

  describe('requests', () => {
    const posts = Object.entries(document.paths)
      .filter(([, { post }]) => post)
      .map(([path]) => path.slice(1));
    const keyed = Object.entries(document.paths).flatMap(([path, { get, post }]) => {
      const { parameters, requestBody } = (get ?? post)!;
      const takes = (name: string) => parameters.some((parameter) => parameter.name === name);
      return takes('filterByTk') ? [{ path: path.slice(1), isRead: Boolean(get), hasBody: Boolean(requestBody) }] : [];
    });

    it('keys that are none', async () => {
      const before = await world.everything();
      for (const { path, isRead } of keyed) {
        for (const key of NO_KEYS) {
          const target = `${path}?filterByTk=${encodeURIComponent(key)}&branchIndex=0`;
          const response = isRead ? await world.root.get(target) : await world.root.post(target, { type: 'end', upstreamId: null });
          const isNothing = ['null', '[]'].includes(key) && response.status < 500;
          expect(isNothing || [path, key, response.status, messageOf(response)], messageOf(response)).toSatisfy(
            (answer) => answer === true || (answer[2] === 400 && answer[3].includes('filterByTk')),
          );
        }
      }
      expect(await world.everything()).toEqual(before);
    });

    it('keys of nothing', () =>
      world.expectRefused(
        ['0', '7', '-1', '9223372036854775807'].flatMap((key) => [
          ...['update', 'revision', 'execute'].map((action) => ({ path: `workflows:${action}?filterByTk=${key}`, names: 'not found' })),
          ...['update', 'destroy', 'move', 'duplicate', 'destroyBranch'].map((action) => ({
            path: `flow_nodes:${action}?filterByTk=${key}&branchIndex=0`,
            body: { upstreamId: null },
            names: 'Node not found',
          })),
          { path: `executions:cancel?filterByTk=${key}`, names: /not found/i },
          { path: `executions:rerun?filterByTk=${key}`, names: /not found/i },
          { path: `jobs:resume?filterByTk=${key}`, names: 'Job not found' },
        ]),
      ));

    it('no key at all', () =>
      world.expectRefused(
        keyed
          .filter(({ isRead, path }) => !isRead && !WORKS_WITHOUT_KEY.has(path))
          .map(({ path }) => ({ path: `${path}?branchIndex=0`, body: { upstreamId: null }, names: 'filterByTk' })),
      ));

    it('selections that select everything', () =>
      world.expectRefused(
        ['workflows', 'executions', 'workflowCategories'].flatMap((resource) =>
          ['{}', '{"$and":[]}', '{"$or":[]}', '[]', '5', '"text"', 'null'].flatMap((filter) => [
            { path: `${resource}:destroy?filter=${encodeURIComponent(filter)}`, names: 'filter' },
            ...(filter === '{}' ? [{ path: `${resource}:destroy?filterByTk=7&filter={}`, names: 'filter' }] : []),
          ]),
        ),
      ));

    it.each(['{"title": ', '{', '{"a":1}}', "{'a':1}", 'undefined', '{"a":NaN}', '\u0000'])('malformed JSON: %j', async (text) => {
      const before = await world.everything();
      for (const path of posts) {
        const { status, body } = await world.root.request('POST', `${path.replace(/\{\w+\}/, String(world.workflow.id))}?filterByTk=0`, text);
        expect([path, status]).toEqual([path, 400]);
        expect(JSON.stringify(body)).toContain('JSON');
      }
      expect(await world.everything()).toEqual(before);
    });

    it('bodies that are no object, too deep or poisoned', async () => {
      const before = await world.everything();
      const deep = `${'{"a":'.repeat(300)}1${'}'.repeat(300)}`;
      const deepList = `${'['.repeat(300)}${']'.repeat(300)}`;
      const bodies = ['[1,2]', '[{}]', '[]', '"text"', '5', 'true', 'null', '', deep, deepList, '{"__proto__":{"polluted":1}}', '{"constructor":{"prototype":{"polluted":1}}}'];
      for (const path of posts.filter((name) => !/destroy|sync|cancel|move/.test(name))) {
        const key = path.startsWith('flow_nodes') ? world.nodes.last.id : path.startsWith('workflows') ? world.workflow.id : 7;
        const target = `${path.replace(/\{\w+\}/, String(world.workflow.id))}?filterByTk=${key}`;
        for (const body of bodies) {
          const { status } = await world.root.request('POST', target, body);
          expect([path, body.slice(0, 40), status < 500]).toEqual([path, body.slice(0, 40), true]);
        }
      }
      const after = await world.everything();
      // an empty body is a copy, a duplicate, a category without a title or an update of nothing: all of these may be asked for
      for (const { id } of after.workflowCategories!.filter((row) => row.id !== world.category.id)) {
        await world.root.destroy('workflowCategories', { filterByTk: id });
      }
      for (const { id } of after.workflows!.filter((row) => !before.workflows!.some((other) => other.id === row.id))) {
        await world.root.destroy('workflows', { filterByTk: id });
      }
      for (const { id } of after.flow_nodes!.filter((row) => !before.flow_nodes!.some((other) => other.id === row.id))) {
        await world.root.post(`flow_nodes:destroy?filterByTk=${id}`);
      }
      expect(withoutTimes(await world.everything())).toEqual(withoutTimes(before));
    });

    const PARAMETERS: Array<[query: string, names: string]> = [
      ['filter={"nope":1}', 'nope'],
      ['filter={"nope.id":1}', 'nope'],
      ['filter={"$and":[{"nope":{"$eq":1}}]}', 'nope'],
      ['filter=[1]', 'filter'],
      ['sort=nope', 'nope'],
      ['sort[]=-nope.x', 'nope'],
      ['fields=nope', 'nope'],
      ['fields[]=nope.x', 'nope'],
      ['page=abc', 'page'],
      ['page=-1', 'page'],
      ['pageSize=abc', 'pageSize'],
      [`pageSize=${HUGE}`, 'pageSize'],
    ];
    const LISTS = [
      'workflows:list',
      'executions:list',
      'jobs:list',
      'flow_nodes:list',
      'workflowCategories:list',
      'userWorkflowTasks:listMine',
      'userWorkflowTasks:list',
    ];

    it.each(LISTS)('parameters of %s', async (path) => {
      for (const [query, names] of PARAMETERS) {
        const response = await world.root.get(`${path}?${encodeURI(query)}`);
        const answer = [query, response.status, messageOf(response)];
        // some databases take a page below one for the first, and nobody sorts or pages through nothing
        if (response.status === 200 && (/^page/.test(query) || response.data.length === 0)) continue;
        expect(answer).toEqual([query, 400, expect.stringContaining(names)]);
      }
      for (const query of ['filter={"id":{"$nope":1}}', 'filter={"id":{"a":1}}', 'filter={"id":"abc"}', 'appends=nope', 'except=nope', 'page=1e400', 'filter=text', 'targetCollection=nope', 'tree=1', 'filterByTk=[]']) {
        const response = await world.root.get(`${path}?${encodeURI(query)}`);
        expect([query, response.status < 500]).toEqual([query, true]);
      }
    });

    it('parameters of userWorkflowTaskStats:listMine', async () => {
      for (const query of ['type[]=a', 'search[]=a', 'search=%25', 'page=abc', 'page=-1', `pageSize=${HUGE}`, 'pageSize=-5', 'page=1e308', `search=${'x'.repeat(5_000)}`]) {
        const response = await world.root.get(`userWorkflowTaskStats:listMine?${query}`);
        expect([query, response.status < 500]).toEqual([query, true]);
      }
    });

    it('default actions that would write past the checks', () =>
      world.expectRefused([
        ...['workflows', 'flow_nodes'].flatMap((resource) =>
          ['firstOrCreate', 'updateOrCreate'].map((action) => ({
            path: `${resource}:${action}?filterKeys[]=key`,
            body: { key: world.workflow.key, config: 5 },
            names: 'not available',
          })),
        ),
        ...['executions', 'jobs', 'workflowCategories'].flatMap((resource) =>
          ['firstOrCreate', 'updateOrCreate'].map((action) => ({ path: `${resource}:${action}`, names: 'filterKeys' })),
        ),
        ...['workflows', 'executions', 'jobs'].map((resource) => ({
          path: `${resource}:move?sourceId=1&targetId=2`,
          names: 'not available',
        })),
      ]));
  });

  describe('keys of workflows to trigger', () => {
    it('a list of 10,000 characters is refused before anything is written', async () => {
      const before = await world.everything();
      const lists = ['x'.repeat(10_000), `${world.workflow.key},`.repeat(900).slice(0, 10_000), `${world.workflow.key}!${'a.'.repeat(5_000)}`, ','.repeat(10_000)];
      for (const list of lists) {
        for (const path of ['posts:create', 'posts:update?filterByTk=1', 'posts:firstOrCreate?filterKeys[]=title']) {
          const response = await world.matrix.post(`${path}${path.includes('?') ? '&' : '?'}triggerWorkflows=${list}`, { title: 'a' });
          expect([response.status, messageOf(response)]).toEqual([400, expect.stringContaining('triggerWorkflows')]);
        }
      }
      expect(await world.everything()).toEqual(before);
    });

    it.each(['constructor', '__proto__', 'x'.repeat(300), "'; DROP TABLE executions; --", '%00', '!', '!a', ',,,', '{{a}}', '%F0%9F%98%80'])(
      'a key that no workflow has: %s',
      async (list) => {
        const { status, data } = await world.matrix.post(`posts:create?triggerWorkflows=${list}`);
        expect(status).toBe(200);
        expect(await world.matrix.count('posts', { id: data.id })).toBe(1);
      },
    );

    it.each(['triggerWorkflows[a]=b', 'triggerWorkflows[]=a&triggerWorkflows[][b]=c', 'triggerWorkflows[0][0]=a'])(
      'a parameter that is no list: %s',
      async (query) => {
        const before = await world.everything();
        const response = await world.matrix.post(`posts:create?${query}`);
        expect([response.status, messageOf(response)]).toEqual([400, expect.stringContaining('triggerWorkflows')]);
        expect(await world.everything()).toEqual(before);
      },
    );

    it('a list in the form of a list', async () => {
      const { status, meta } = await world.matrix.post(`posts:create?triggerWorkflows[]=${world.workflow.key}&triggerWorkflows[]=nope`);
      expect(status).toBe(200);
      expect(meta.workflows).toMatchObject([{ key: world.workflow.key, executionId: expect.anything() }, { key: 'nope', reason: 'not_found' }]);
    });
  });

  it('the host is alive, has broken nowhere, and the run that waited can go on', () => world.expectAlive());
});
