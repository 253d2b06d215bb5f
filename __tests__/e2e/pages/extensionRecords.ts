import type { TestHost } from '../../helpers/host';

const field = (name: string, title: string, type: string, kind: string, component: string) => ({
  name,
  type,
  interface: kind,
  uiSchema: { type: type === 'integer' ? 'number' : 'string', title, 'x-component': component },
});

/** What settings of extensions refer to: items with rules for calculations, a channel, a model and an AI employee. */
export async function addItems(host: TestHost, modelUrl: string): Promise<void> {
  const { api } = host;
  await api.create('collections', {
    name: 'rules',
    title: 'Rules',
    template: 'expression',
    autoGenId: true,
    fields: [
      field('engine', 'Engine', 'string', 'radioGroup', 'Radio.Group'),
      field('sourceCollection', 'Collection', 'string', 'select', 'Select'),
      field('expression', 'Expression', 'text', 'expression', 'Input'),
    ],
  });
  await api.create('collections', {
    name: 'items',
    title: 'Items',
    titleField: 'title',
    autoGenId: true,
    createdAt: true,
    fields: [
      field('title', 'Title', 'string', 'input', 'Input'),
      field('amount', 'Amount', 'integer', 'integer', 'InputNumber'),
      { name: 'rule', type: 'belongsTo', interface: 'm2o', target: 'rules', foreignKey: 'ruleId', targetKey: 'id', uiSchema: { title: 'Rule' } },
    ],
  });
  const rule = await api.create('rules', { engine: 'math.js', sourceCollection: 'items', expression: '{{amount}} * 3' });
  await api.create('items', { title: 'Table', amount: 5, ruleId: rule.id });
  await api.create('notificationChannels', { name: 'inner', title: 'inner', notificationType: 'in-app-message', options: {} });
  await api.create('llmServices', {
    name: 'local',
    title: 'local',
    provider: 'openai-completions',
    options: { apiKey: 'none', baseURL: modelUrl },
    // An AI employee takes the first that is there.
    enabledModels: { mode: 'custom', models: [{ label: 'parrot', value: 'parrot' }] },
  });
  await api.create('aiEmployees', { username: 'clerk', nickname: 'Clerk', enabled: true, about: 'works' });
}
