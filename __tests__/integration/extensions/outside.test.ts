import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EXECUTION_STATUS, JOB_STATUS } from '../../../src/common/status';
import { HttpTarget } from '../../helpers/httpTarget';
import { MailTarget } from '../../helpers/mailTarget';
import { waitFor } from '../../helpers/waitFor';
import { entry, EXTENSION_DIALECTS, ExtensionWorld, outcomes, resolvedNode, type NodeDefinition } from './world';

const { RESOLVED, FAILED, ABORTED } = JOB_STATUS;
const never = new Promise<never>(() => {});

describe.each(EXTENSION_DIALECTS)('nodes that talk to services outside, on %s', (dialect) => {
  let world: ExtensionWorld;
  let target: HttpTarget;
  let mail: MailTarget;
  /** answers to `/held/…` wait for it */
  let hold: Promise<void> = Promise.resolve();
  let letGo: () => void = () => undefined;
  const holdAnswers = () => {
    hold = new Promise((resolve) => {
      letGo = resolve;
    });
  };

  beforeAll(async () => {
    target = await HttpTarget.start(async ({ path, method, body }) => {
      if (path.startsWith('/status/')) return { status: Number(path.slice('/status/'.length)), body: { why: 'because' } };
      if (path.startsWith('/silent')) return never;
      if (path.startsWith('/held')) await hold;
      return { body: { method, path, body } };
    });
    mail = await MailTarget.start();
    world = await ExtensionWorld.create({ dialect });
  });

  afterAll(async () => {
    letGo();
    await world?.close();
    await Promise.all([target?.close(), mail?.close()]);
  });

  const request = (path: string, config: object = {}): NodeDefinition => ({
    key: 'n',
    type: 'request',
    config: { url: `${target.url}${path}`, method: 'POST', ...config },
  });
  const keysOf = (path: string) => target.to(path).map(({ headers }) => headers['idempotency-key']);

  describe('request', () => {
    it('sends method, query, headers and body, and hands on the answer', async () => {
      const node = request('/echo', {
        method: 'PUT',
        params: [{ name: 'q', value: '{{$context.data.q}}' }],
        headers: [{ name: 'X-Test', value: 'yes {{$context.data.q}}' }],
        data: { text: '{{$context.data.text}}', n: '{{$context.data.n}}' },
        onlyData: true,
      });
      const execution = await world.run([node, { key: 'r', type: 'variable', config: { value: '{{$jobsMapByNodeKey.n.path}}' } }], {
        q: 'a b',
        text: 'hello',
        n: 5,
      });
      expect(execution.status).toBe(EXECUTION_STATUS.RESOLVED);
      const [received] = target.to('/echo');
      expect(received).toMatchObject({ method: 'PUT', path: '/echo?q=a+b', headers: { 'x-test': 'yes a b' } });
      expect(JSON.parse(received!.body)).toEqual({ text: 'hello', n: 5 });
      expect(outcomes(execution, 'r')).toEqual([[RESOLVED, '/echo?q=a+b']]);
    });

    it.each([
      ['application/x-www-form-urlencoded', [{ name: 'a', value: '1' }], 'a=1'],
      ['text/plain', 'just text', 'just text'],
      ['application/xml', '<a/>', '<a/>'],
    ])('sends %s', async (contentType, data, body) => {
      const path = `/body/${encodeURIComponent(contentType)}`;
      await world.run([request(path, { contentType, data })]);
      expect(target.to(path)).toMatchObject([{ headers: { 'content-type': expect.stringContaining(contentType) }, body }]);
    });

    it('the whole response, when more than the data is wanted', async () => {
      const execution = await world.run([request('/echo/all')]);
      expect(outcomes(execution, 'n')).toEqual([
        [RESOLVED, { status: 200, statusText: 'OK', headers: expect.any(Object), data: expect.objectContaining({ path: '/echo/all' }) }],
      ]);
    });

    it.each([
      ['fails', false, EXECUTION_STATUS.FAILED, FAILED, 0],
      ['goes on, when failures are ignored', true, EXECUTION_STATUS.RESOLVED, RESOLVED, 1],
    ])('an answer 500: the run %s', async (_, ignoreFail, executionStatus, jobStatus, after) => {
      const execution = await world.run([request('/status/500', { ignoreFail }), resolvedNode('after')]);
      expect(execution.status).toBe(executionStatus);
      expect(outcomes(execution, 'n')).toEqual([[jobStatus, expect.objectContaining({ status: 500, data: { why: 'because' } })]]);
      expect(outcomes(execution, 'after')).toHaveLength(after);
    });

    it('no answer in time: aborted', async () => {
      const execution = await world.run([request('/silent', { timeout: 100 })]);
      expect(execution.status).toBe(EXECUTION_STATUS.ABORTED);
      expect(outcomes(execution, 'n')).toEqual([[ABORTED, expect.objectContaining({ code: 'ECONNABORTED' })]]);
    });

    it('nobody there: failed', async () => {
      const node = { key: 'n', type: 'request', config: { url: 'http://127.0.0.1:1/', method: 'GET' } };
      const execution = await world.run([node]);
      expect(execution.status).toBe(EXECUTION_STATUS.FAILED);
      expect(outcomes(execution, 'n')).toEqual([[FAILED, expect.objectContaining({ code: 'ECONNREFUSED' })]]);
    });

    it('an unfinished one holds up no other run of its workflow', async () => {
      const workflow = await world.workflow([request('/held/{{$context.data.i}}'), resolvedNode('after')]);
      holdAnswers();
      await world.trigger(workflow, { i: 1 });
      await world.trigger(workflow, { i: 2 });
      await waitFor(() => target.to('/held/').length === 2, { what: 'both requests' });
      letGo();
      const executions = await waitFor(
        async () => {
          const rows = await world.executions(workflow);
          return rows.length === 2 && rows.every(({ status }) => status === EXECUTION_STATUS.RESOLVED) && rows;
        },
        { what: 'both runs to end' },
      );
      expect(executions.map((execution) => outcomes(execution, 'after').length)).toEqual([1, 1]);
    });

    it('in two branches at the same time', async () => {
      holdAnswers();
      const branch = (i: number) => [{ ...request(`/held/branch/${i}`, { onlyData: true }), key: `n${i}` }];
      const workflow = await world.workflow([
        { key: 'p', type: 'parallel', config: { mode: 'all' }, branches: { 1: branch(1), 2: branch(2) } },
        resolvedNode('after'),
      ]);
      await world.trigger(workflow);
      await waitFor(() => target.to('/held/branch/').length === 2, { what: 'both requests' });
      letGo();
      const execution = await world.ended(workflow);
      expect(execution.status).toBe(EXECUTION_STATUS.RESOLVED);
      expect(outcomes(execution, 'p')).toEqual([[RESOLVED, [RESOLVED, RESOLVED]]]);
      expect(outcomes(execution, 'after')).toHaveLength(1);
    });

    it('cancelled while it is under way: its answer is dropped', async () => {
      holdAnswers();
      const workflow = await world.workflow([request('/held/cancelled'), entry('after', 1)]);
      await world.trigger(workflow, { token: 'cancelled' });
      const { id } = await world.waitingAt(workflow, 'n');
      await waitFor(async () => (await world.api.post(`executions:cancel?filterByTk=${id}`)).status === 200, { what: 'the cancel' });
      letGo();
      const execution = await world.ended(workflow);
      expect([execution.status, execution.reason]).toEqual([EXECUTION_STATUS.ABORTED, 'manual_cancel']);
      expect(outcomes(execution, 'n').map(([status]) => status)).toEqual([ABORTED]);
      expect(await world.ledger('cancelled')).toEqual([]);
    });

    it('inside a request: the response comes after the answer', async () => {
      const workflow = await world.workflow([request('/echo/sync', { onlyData: true }), entry('e', '{{$jobsMapByNodeKey.n.path}}')], { sync: true });
      await world.trigger(workflow, { token: 'sync request' });
      expect(await world.ledger('sync request')).toEqual(['/echo/sync sync request']);
    });

    it('every request has a key of its own, one for each round of a loop, unless the node sets one', async () => {
      const body = request('/key/loop/{{$scopes.l.index}}');
      await world.run([{ key: 'l', type: 'loop', config: { target: 3 }, branches: { 0: [body] } }]);
      const keys = keysOf('/key/loop/');
      expect(keys).toEqual([expect.any(String), expect.any(String), expect.any(String)]);
      expect(new Set(keys).size).toBe(3);
      await world.run([request('/key/own', { headers: [{ name: 'idempotency-key', value: 'mine {{$context.data.n}}' }] })], { n: 1 });
      expect(keysOf('/key/own')).toEqual(['mine 1']);
    });

    it('is tested, and refuses settings', async () => {
      expect(await world.test('request', { url: `${target.url}/echo/test`, method: 'GET', onlyData: true })).toMatchObject({
        status: RESOLVED,
        result: { path: '/echo/test' },
      });
      expect((await world.refusal('request', { method: 'FETCH' })).status).toBe(400);
    });
  });

  describe('mailer', () => {
    const mailer = (config: object = {}): NodeDefinition => ({
      key: 'n',
      type: 'mailer',
      config: {
        provider: { host: '127.0.0.1', port: mail.port, secure: false, auth: { user: 'u', pass: 'p' } },
        from: 'sender@example.com',
        to: ['{{$context.data.to}}'],
        subject: 'about {{$context.data.subject}}',
        contentType: 'text',
        text: 'Dear {{$context.data.to}}',
        ...config,
      },
    });
    const about = (subject: string) => mail.received.filter((content) => content.includes(`Subject: ${subject}`));

    it('sends a mail', async () => {
      const execution = await world.run([mailer(), resolvedNode('after')], { to: 'emma@example.com', subject: 'tea' });
      expect(execution.status).toBe(EXECUTION_STATUS.RESOLVED);
      expect(outcomes(execution, 'n')).toEqual([[RESOLVED, expect.objectContaining({ accepted: ['emma@example.com'] })]]);
      const [content] = about('about tea');
      expect(content).toContain('Dear emma@example.com');
      expect(content).toContain('From: sender@example.com');
    });

    it.each([
      ['fails', false, EXECUTION_STATUS.FAILED, FAILED],
      ['goes on, when failures are ignored', true, EXECUTION_STATUS.RESOLVED, RESOLVED],
    ])('a recipient that is refused: the run %s', async (_, ignoreFail, executionStatus, jobStatus) => {
      const execution = await world.run([mailer({ ignoreFail })], { to: 'nobody@refused.example', subject: 'x' });
      expect(execution.status).toBe(executionStatus);
      expect(outcomes(execution, 'n').map(([status]) => status)).toEqual([jobStatus]);
    });

    it('inside a request', async () => {
      const workflow = await world.workflow([mailer()], { sync: true });
      await world.trigger(workflow, { to: 'sam@example.com', subject: 'coffee' });
      expect(about('about coffee')).toHaveLength(1);
    });

    it('refuses settings', async () => {
      expect((await world.refusal('mailer', { contentType: 'pdf' })).status).toBe(400);
    });
  });
});
