import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EXECUTION_STATUS, JOB_STATUS } from '../../../src/common/status';
import { HttpTarget } from '../../helpers/httpTarget';
import { answerAsParrot } from '../../helpers/parrotModel';
import { EXTENSION_DIALECTS, ExtensionWorld, outcomes, resolvedNode, type NodeDefinition } from './world';

const { RESOLVED, ERROR } = JOB_STATUS;
describe.each(EXTENSION_DIALECTS)('nodes and triggers of the AI plugin, on %s', (dialect) => {
  let world: ExtensionWorld;
  let model: HttpTarget;

  beforeAll(async () => {
    model = await HttpTarget.start(answerAsParrot);
    world = await ExtensionWorld.create({ dialect });
    await world.api.create('llmServices', {
      name: 'local',
      title: 'local',
      provider: 'openai-completions',
      options: { apiKey: 'none', baseURL: `${model.url}/v1` },
    });
  });

  afterAll(async () => {
    await world?.close();
    await model?.close();
  });

  const llm = (text: string, config: object = {}): NodeDefinition => ({
    key: 'n',
    type: 'llm',
    config: {
      llmService: 'local',
      model: 'parrot',
      maxRetries: 0,
      messages: [{ role: 'user', content: [{ type: 'text', content: text }] }],
      ...config,
    },
  });

  describe('llm', () => {
    it('asks a model, and hands on what it says', async () => {
      const reader = { key: 'r', type: 'variable', config: { value: '{{$jobsMapByNodeKey.n.content}}' } };
      const execution = await world.run([llm('hello {{$context.data.name}}'), reader], { name: 'Emma' });
      expect(execution.status, JSON.stringify(execution.jobs)).toBe(EXECUTION_STATUS.RESOLVED);
      expect(outcomes(execution, 'r')).toEqual([[RESOLVED, 'echo "hello Emma"']]);
    });

    it('what the model refuses is an error, or ignored', async () => {
      const failed = await world.run([llm('refuse'), resolvedNode('after')]);
      expect(failed.status).toBe(EXECUTION_STATUS.ERROR);
      expect(outcomes(failed, 'n')).toEqual([[ERROR, expect.stringContaining('I refuse')]]);
      const ignored = await world.run([llm('refuse', { ignoreFail: true }), resolvedNode('after')]);
      expect(ignored.status).toBe(EXECUTION_STATUS.RESOLVED);
      expect(outcomes(ignored, 'after')).toHaveLength(1);
    });

    it('a service that does not exist is an error', async () => {
      const execution = await world.run([llm('x', { llmService: 'gone' })]);
      expect(outcomes(execution, 'n')).toEqual([[ERROR, 'invalid llm service']]);
    });
  });

  describe('ai-employee', () => {
    const employee = (user: string): NodeDefinition => ({
      key: 'n',
      type: 'ai-employee',
      config: {
        username: 'clerk',
        userId: 1,
        message: { system: 'You work.', user },
        model: { llmService: 'local', model: 'parrot' },
        skillSettings: { skills: [], tools: [] },
        structuredOutput: { schema: { type: 'object', properties: { mood: { type: 'string' } } } },
        requiresApproval: 'no_required',
        assignees: [1],
      },
    });

    beforeAll(async () => {
      await world.api.create('aiEmployees', { username: 'clerk', nickname: 'Clerk', enabled: true, about: 'works' });
    });

    it('works as a node, and hands on what it submits', async () => {
      const execution = await world.run([employee('How are you?'), resolvedNode('after')]);
      expect(execution.status, `${JSON.stringify(execution.jobs)}\n${world.host.errors().slice(-3).join('\n')}`).toBe(EXECUTION_STATUS.RESOLVED);
      expect(outcomes(execution, 'n')).toEqual([[RESOLVED, { mood: 'fine' }]]);
      const tasks = await world.api.get('aiWorkflowTasks:list', { filter: { executionId: execution.id } });
      expect(tasks.data).toMatchObject([{ jobStatus: RESOLVED }]);
    });

    it('without a model it is an error', async () => {
      const node = employee('x');
      const execution = await world.run([{ ...node, config: { ...node.config, model: { llmService: 'gone', model: 'x' } } }]);
      expect(execution.status).toBe(EXECUTION_STATUS.ERROR);
    });

    it('the trigger type is registered and can be enabled', async () => {
      const workflow = await world.workflow([resolvedNode('n')], { type: 'ai-employee', sync: true, config: { description: 'd', parameters: [] } });
      expect((await world.api.find('workflows', { filterByTk: workflow.id })).enabled).toBe(true);
    });
  });
});
