import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EXECUTION_STATUS, JOB_STATUS } from '../../../src/common/status';
import type { ApiClient } from '../../helpers/api';
import { HttpTarget } from '../../helpers/httpTarget';
import { MailTarget } from '../../helpers/mailTarget';
import { waitFor } from '../../helpers/waitFor';
import { entry, EXTENSION_DIALECTS, ExtensionWorld, outcomes, resolvedNode, type Execution, type NodeDefinition, type TestWorkflow } from './world';

const { RESOLVED, FAILED, ERROR } = JOB_STATUS;
const SECOND = 1_000;
const DAY = 86_400_000;

describe.each(EXTENSION_DIALECTS)('waiting, on %s', (dialect) => {
  let world: ExtensionWorld;

  beforeAll(async () => {
    world = await ExtensionWorld.create({ dialect });
  });

  afterAll(() => world?.close());

  const delay = (duration: unknown, config: object = {}): NodeDefinition => ({
    key: 'd',
    type: 'delay',
    config: { duration, unit: SECOND, endStatus: RESOLVED, ...config },
  });

  describe('delay', () => {
    it.each([
      ['goes on', RESOLVED, EXECUTION_STATUS.RESOLVED, 1],
      ['ends the run', FAILED, EXECUTION_STATUS.FAILED, 0],
    ])('waits so long, and then %s', async (_, endStatus, status, after) => {
      const execution = await world.run([delay('{{$context.data.seconds}}', { endStatus }), resolvedNode('after')], { seconds: 1 });
      expect(execution.status).toBe(status);
      expect(outcomes(execution, 'd')).toEqual([[endStatus, 1000]]);
      expect(outcomes(execution, 'after')).toHaveLength(after);
    });

    it.each([['a text', 'soon'], ['nothing', null], ['less than one', 0]])('a duration that is %s is an error', async (_, seconds) => {
      const execution = await world.run([delay('{{$context.data.seconds}}')], { seconds });
      expect(execution.status).toBe(EXECUTION_STATUS.ERROR);
      expect(outcomes(execution, 'd')[0]).toMatchObject([ERROR, { message: expect.stringContaining('finite number') }]);
    });

    it('is stopped by the time limit of the workflow', async () => {
      const execution = await world.run([delay(1, { unit: DAY })], {}, { options: { timeout: 500 } });
      expect([execution.status, execution.reason]).toEqual([EXECUTION_STATUS.ABORTED, 'timeout']);
      expect(outcomes(execution, 'd').map(([status]) => status)).toEqual([JOB_STATUS.ABORTED]);
    });

    it('refuses settings', async () => {
      expect((await world.refusal('delay', { unit: 17 })).status).toBe(400);
    });
  });

  /** One workflow in each state that a process can leave behind; then the process dies, once. */
  describe('after kill -9', () => {
    let sam: ApiClient & { userId: number };
    let target: HttpTarget;
    let mail: MailTarget;
    let hold: Promise<void> | undefined;
    let letGo: () => void = () => undefined;
    const workflows: Record<string, TestWorkflow> = {};

    const request = (key: string, path: string): NodeDefinition => ({
      key,
      type: 'request',
      config: { url: `${target.url}/${path}`, method: 'POST', onlyData: true, timeout: 60_000 },
    });
    const manual = (): NodeDefinition => ({
      key: 'm',
      type: 'manual',
      config: { assignees: [sam.userId], forms: { f: { type: 'custom', actions: [{ status: RESOLVED, key: 'approve' }] } } },
    });
    const keysOf = (path: string) => target.to(`/${path}`).map(({ headers }) => headers['idempotency-key']);
    const openTask = async (name: string) => {
      const { data } = await sam.get('workflowManualTasks:listMine', { filter: { workflowId: workflows[name]?.id } });
      return data[0];
    };

    /** Waits for the end of a run that was under way when the process died. */
    async function continued(name: string) {
      const execution = await world.ended(workflows[name]!);
      expect(execution.status).toBe(EXECUTION_STATUS.RESOLVED);
      return { execution, ledger: await world.ledger(name) };
    }

    beforeAll(async () => {
      hold = new Promise((resolve) => {
        letGo = resolve;
      });
      target = await HttpTarget.start(async ({ path }) => {
        await hold;
        const message = { role: 'assistant', content: 'yes' };
        return { body: path.includes('chat') ? { id: 'c', object: 'chat.completion', choices: [{ index: 0, finish_reason: 'stop', message }] } : {} };
      });
      mail = await MailTarget.start(() => hold);
      sam = await world.host.signInAs('sam');
      await world.api.create('llmServices', {
        name: 'local',
        provider: 'openai-completions',
        options: { apiKey: 'none', baseURL: `${target.url}/v1` },
      });
      const start = async (name: string, nodes: NodeDefinition[]) => {
        workflows[name] = await world.workflow([...nodes, entry('after', 'after')]);
        await world.trigger(workflows[name], { token: name });
      };
      const branch = (i: number) => [request(`n${i}`, `parallel/${i}`), entry(`e${i}`, i)];
      const provider = { host: '127.0.0.1', port: mail.port, secure: false };
      await start('loop', [
        { key: 'l', type: 'loop', config: { target: 2 }, branches: { 0: [request('n', 'loop/{{$scopes.l.index}}'), entry('e', '{{$scopes.l.index}}')] } },
      ]);
      await start('parallel', [{ key: 'p', type: 'parallel', config: { mode: 'all' }, branches: { 1: branch(1), 2: branch(2) } }]);
      await start('mail', [{ key: 'n', type: 'mailer', config: { provider, from: 'a@example.com', to: ['b@example.com'], subject: 's', contentType: 'text', text: 't' } }]);
      await start('model', [{ key: 'n', type: 'llm', config: { llmService: 'local', model: 'm', maxRetries: 0, messages: [{ role: 'user', content: [{ type: 'text', content: 'x' }] }] } }]);
      await start('person', [manual()]);
      await start('untold', [manual()]);

      await waitFor(() => target.received.length === 4 && mail.received.length === 1, { what: 'everything to be under way' });
      for (const [name, key] of [['loop', 'n'], ['parallel', 'n2'], ['mail', 'n'], ['model', 'n'], ['person', 'm'], ['untold', 'm']] as const) {
        await world.waitingAt(workflows[name]!, key);
      }
      await waitFor(async () => (await openTask('person')) && (await openTask('untold')), { what: 'the to-dos' });
      // what the plugin of the manual node does in a transaction of its own, before it tells the engine
      const { jobs } = await world.waitingAt(workflows.untold!, 'm');
      await world.api.update('jobs', jobs[0]!.id, { status: RESOLVED });
      // last, because nothing holds them up: on a busy machine they would be over before the others wait
      await start('delay', [delay(8)]);
      await world.waitingAt(workflows.delay!, 'd');
      const dueBy = Date.now() + 8_000;
      const busy = 'const end = Date.now() + 6000; while (Date.now() < end); return 7';
      await start('script', [{ key: 'n', type: 'script', config: { content: busy } }]);
      const isRunning = ({ jobs }: Execution) => jobs[0]?.startedAt != null && jobs[0].status === JOB_STATUS.PENDING;
      await world.until(workflows.script!, 'the script to run', isRunning);
      await world.host.kill();
      await waitFor(() => Date.now() > dueBy, { what: 'the delay to come due' });
      letGo();
      await world.host.start();
    });

    afterAll(async () => {
      letGo();
      await Promise.all([target?.close(), mail?.close()]);
    });

    it('a request in a loop is sent again with its key, and the loop goes on', async () => {
      const { execution, ledger } = await continued('loop');
      expect(ledger).toEqual(['0 loop', '1 loop', 'after loop']);
      expect(outcomes(execution, 'n')).toHaveLength(2);
      const keys = keysOf('loop/0');
      expect([keys.length, new Set(keys).size]).toEqual([2, 1]);
      expect(keysOf('loop/1')).toHaveLength(1);
    });

    it('so are two in parallel branches', async () => {
      const { ledger } = await continued('parallel');
      expect(ledger).toEqual(['1 parallel', '2 parallel', 'after parallel']);
      for (const i of [1, 2]) {
        const keys = keysOf(`parallel/${i}`);
        expect([keys.length, new Set(keys).size]).toEqual([2, 1]);
      }
    });

    it('a mail is sent again as the same message', async () => {
      const { execution, ledger } = await continued('mail');
      expect([ledger, outcomes(execution, 'n').length]).toEqual([['after mail'], 1]);
      const ids = mail.received.map((content) => /^Message-ID: *(.+?)\r?$/im.exec(content)?.[1]);
      expect([ids.length, new Set(ids).size]).toEqual([2, 1]);
      expect(ids[0]).toMatch(/^<.+@example\.com>$/);
    });

    it('a model is asked again', async () => {
      const { execution, ledger } = await continued('model');
      expect([ledger, outcomes(execution, 'n').length]).toEqual([['after model'], 1]);
      expect(target.to('/v1/chat')).toHaveLength(2);
    });

    it('a delay that came due meanwhile is over', async () => {
      expect((await continued('delay')).ledger).toEqual(['after delay']);
    });

    it('a script that was being executed is executed again', async () => {
      const { execution, ledger } = await continued('script');
      expect([ledger, outcomes(execution, 'n')]).toEqual([['after script'], [[RESOLVED, 7]]]);
    });

    it('a to-do can be done', async () => {
      const { id } = await openTask('person');
      const response = await sam.post(`workflowManualTasks:submit?filterByTk=${id}`, { result: { f: {}, _: 'approve' } });
      expect(response.status).toBe(202);
      expect((await continued('person')).ledger).toEqual(['after person']);
    });

    it('an answer that was written while nobody could be told is found', async () => {
      expect((await continued('untold')).ledger).toEqual(['after untold']);
    });

    it('nothing is left over', async () => {
      const signals = async () => (await world.api.list('workflowSignals', {})).length;
      await waitFor(async () => (await signals()) === 0, { what: 'all signals to be consumed' });
      expect(world.host.errors()).toEqual([]);
    });
  });
});
