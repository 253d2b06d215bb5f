/** The human step of the Reimbursement example, for the stock Manual node. */

const FORM = 'review';
const STATUS = { continue: 1, terminate: -5, save: 0 };
const button = (key, title, status) => ({ key, title, status, values: {} });
const BUTTONS = [
  button('approve', 'Approve', STATUS.continue),
  button('reject', 'Reject', STATUS.terminate),
  button('draft', 'Save draft', STATUS.save),
];

const COMMENT = {
  name: 'comment',
  type: 'text',
  interface: 'textarea',
  uiSchema: { type: 'string', title: 'Comment', 'x-component': 'Input.TextArea' },
};
const collection = { name: FORM, fields: [COMMENT] };

/** A grid with its blocks or fields one below the other; `initializer` is the designer's menu that adds more. */
const grid = (initializer, items) => ({
  type: 'void',
  'x-component': 'Grid',
  'x-initializer': initializer,
  properties: Object.fromEntries(
    Object.entries(items).map(([name, item]) => [
      `${name}Row`,
      {
        type: 'void',
        'x-component': 'Grid.Row',
        properties: { [`${name}Col`]: { type: 'void', 'x-component': 'Grid.Col', properties: { [name]: item } } },
      },
    ]),
  ),
});

const detail = (name) => ({
  type: 'string',
  'x-component': 'CollectionField',
  'x-decorator': 'FormItem',
  'x-collection-field': `reimbursements.${name}`,
  'x-read-pretty': true,
});

const details = {
  type: 'void',
  'x-decorator': 'DetailsBlockProvider',
  'x-decorator-props': { collection: 'reimbursements', dataPath: '$context.data' },
  'x-component': 'CardItem',
  'x-component-props': { title: 'Request' },
  'x-designer': 'SimpleDesigner',
  properties: {
    details: {
      type: 'void',
      'x-component': 'FormV2',
      'x-use-component-props': 'useDetailsBlockProps',
      'x-read-pretty': true,
      properties: {
        grid: grid('details:configureFields', {
          projectName: detail('projectName'),
          applicant: detail('applicant'),
          amount: detail('amount'),
        }),
      },
    },
  },
};

const action = ({ key, title, status }) => [
  key,
  {
    type: 'void',
    title,
    'x-decorator': 'ManualActionStatusProvider',
    'x-decorator-props': { value: status },
    'x-component': 'Action',
    'x-component-props': { type: status === STATUS.continue ? 'primary' : 'default', useAction: '{{ useSubmit }}' },
    'x-designer': 'ManualActionDesigner',
    'x-action': String(status),
  },
];

const form = {
  type: 'void',
  'x-decorator': 'CustomFormBlockProvider',
  'x-decorator-props': { collection },
  'x-component': 'CardItem',
  'x-component-props': { title: 'Review' },
  'x-designer': 'SimpleDesigner',
  'x-designer-props': { type: 'customForm' },
  properties: {
    [FORM]: {
      type: 'void',
      'x-component': 'FormV2',
      'x-use-component-props': 'useFormBlockProps',
      properties: {
        grid: grid('workflowManual:customForm:configureFields', {
          comment: {
            type: 'string',
            'x-decorator': 'FormItem',
            'x-component': 'CollectionField',
            'x-component-props': { field: COMMENT },
            'x-collection-field': `${FORM}.comment`,
            'x-toolbar': 'FormItemSchemaToolbar',
            'x-settings': 'fieldSettings:FormItem',
          },
        }),
        actions: {
          type: 'void',
          'x-decorator': 'ActionBarProvider',
          'x-component': 'ActionBar',
          'x-component-props': { layout: 'one-column', style: { marginTop: '1.5em', flexWrap: 'wrap' } },
          'x-initializer': 'workflowManual:form:configureActions',
          properties: Object.fromEntries(BUTTONS.map(action)),
        },
      },
    },
  },
};

/** The page of a to-do consists of tabs. */
const tab = {
  type: 'void',
  title: 'Review',
  'x-component': 'Tabs.TabPane',
  'x-designer': 'Tabs.Designer',
  properties: { grid: grid('workflowManual:popup:configureUserInterface:addBlock', { request: details, review: form }) },
};

/** @param {number} assigneeId user who gets the to-do */
export const reviewNode = (assigneeId) => ({
  key: 'review',
  type: 'manual',
  title: 'Review by the supervisor',
  config: {
    assignees: [assigneeId],
    mode: 0,
    forms: { [FORM]: { type: 'custom', title: 'Review', actions: BUTTONS, collection } },
    schema: { tab },
  },
});
