/** The human step of the Reimbursement example, for the stock Manual node. */

const FORM = 'review';
const STATUS = { continue: 1, terminate: -5, save: 0 };
const button = (key, title, status) => ({ key, title, status, values: {} });
const BUTTONS = [
  button('approve', 'Approve', STATUS.continue),
  button('reject', 'Reject', STATUS.terminate),
  button('draft', 'Save draft', STATUS.save),
];

const grid = (items) => ({
  type: 'void',
  'x-component': 'Grid',
  properties: {
    row: {
      type: 'void',
      'x-component': 'Grid.Row',
      properties: { col: { type: 'void', 'x-component': 'Grid.Col', properties: items } },
    },
  },
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
  properties: {
    details: {
      type: 'void',
      'x-component': 'FormV2',
      'x-use-component-props': 'useDetailsBlockProps',
      'x-read-pretty': true,
      properties: {
        grid: grid({ projectName: detail('projectName'), applicant: detail('applicant'), amount: detail('amount') }),
      },
    },
  },
};

const form = {
  type: 'void',
  'x-decorator': 'FormBlockProvider',
  'x-decorator-props': { formType: 'custom', collection: { name: FORM, fields: [] } },
  'x-component': 'CardItem',
  'x-component-props': { title: 'Review' },
  properties: {
    [FORM]: {
      type: 'void',
      'x-component': 'FormV2',
      'x-use-component-props': 'useFormBlockProps',
      properties: {
        grid: grid({
          comment: {
            type: 'string',
            title: 'Comment',
            'x-component': 'Input.TextArea',
            'x-decorator': 'FormItem',
          },
        }),
        actions: {
          type: 'void',
          'x-component': 'ActionBar',
          'x-component-props': { layout: 'one-column' },
          properties: Object.fromEntries(
            BUTTONS.map(({ key, title, status }) => [
              key,
              {
                type: 'void',
                title,
                'x-decorator': 'ManualActionStatusProvider',
                'x-decorator-props': { value: status },
                'x-component': 'Action',
                'x-component-props': { type: status === STATUS.continue ? 'primary' : 'default', useAction: '{{ useSubmit }}' },
              },
            ]),
          ),
        },
      },
    },
  },
};

/** @param {number} assigneeId user who gets the to-do */
export const reviewNode = (assigneeId) => ({
  key: 'review',
  type: 'manual',
  title: 'Review by the supervisor',
  config: {
    assignees: [assigneeId],
    mode: 0,
    forms: { [FORM]: { type: 'custom', title: 'Review', actions: BUTTONS, collection: { name: FORM, fields: [] } } },
    schema: { details, form },
  },
});
