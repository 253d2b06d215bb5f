// @vitest-environment jsdom
import './setup';
import { screen, waitFor, within } from '@testing-library/react';
import { useState, type ComponentType } from 'react';
import { describe, expect, test } from 'vitest';
import {
  AppendsSelect,
  AssignedFieldsEditor,
  CalculationConfig,
  CheckboxGroupWithTooltip,
  CollectionCascader,
  FieldsSelect,
  FilterDynamicComponent,
  RadioWithTooltip,
  RecordSelect,
  SortFieldsInput,
  TriggerCollectionRecordSelect,
  UsersSelect,
  WorkflowTypedVariableInput,
  WorkflowVariableInput,
  WorkflowVariableJsonTextArea,
  WorkflowVariableTag,
  WorkflowVariableWrapper,
} from '../inputs';
import { choose, ROWS, show } from './world';

/** Keeps the value of an input as a form does. */
function Kept({ input: Input, initial, onValue, ...props }: { input: ComponentType<any>; initial?: unknown; onValue(value: unknown): void; [key: string]: unknown }) {
  const [value, setValue] = useState(initial);
  return (
    <Input
      {...props}
      value={value}
      onChange={(next: unknown) => {
        setValue(next);
        onValue(next);
      }}
    />
  );
}

function setup(input: ComponentType<any>, { initial, scope, ...props }: { initial?: unknown; scope?: Parameters<typeof show>[1]; [key: string]: unknown } = {}) {
  let value: unknown = initial;
  const scene = show(<Kept input={input} initial={initial} onValue={(next) => (value = next)} {...props} />, scope);
  return { ...scene, value: () => value };
}

const combo = (name: string, at = 0) => screen.getAllByRole('combobox', { name })[at]!;

describe('variable picker', () => {
  const open = async (scope?: Parameters<typeof show>[1], props = {}) => {
    const scene = setup(WorkflowVariableInput, { 'aria-label': 'Text', scope, ...props });
    await scene.user.click(screen.getByRole('button', { name: 'Insert variable' }));
    return { ...scene, tree: await screen.findByRole('tree', { name: 'Variables' }), search: screen.getByRole('combobox', { name: 'Search variables' }) };
  };
  const labels = (tree: HTMLElement) => within(tree).getAllByRole('treeitem').map((item) => item.textContent);

  test('groups in their order; the nearest node comes first', async () => {
    const { tree } = await open();
    const level = (n: number) => within(tree).getAllByRole('treeitem').filter((item) => item.getAttribute('aria-level') === String(n));
    expect(level(1).map((item) => item.textContent)).toEqual([
      'Scope variables', 'Node result', 'Trigger variables', 'System variables', 'Variables and secrets',
    ]);
    expect(level(2).map((item) => item.textContent)).toEqual([
      'Sum', 'Find customerObjectUse', 'Trigger dataObjectUse', 'User actedObjectUse', 'Role of user actedText',
    ]);
    expect(level(1)[0]?.getAttribute('aria-disabled')).toBe('true');
  });

  test('by keyboard alone: down, open, choose', async () => {
    const { user, search, value, tree } = await open();
    await waitFor(() => expect(document.activeElement).toBe(search));
    await user.keyboard('{ArrowDown}{ArrowDown}{ArrowDown}{ArrowDown}{ArrowRight}');
    expect(labels(tree)).toContain('AmountNumber');
    await user.keyboard('{ArrowDown}{ArrowDown}{ArrowDown}{Enter}');
    expect(value()).toBe('{{$context.data.amount}}');
    await waitFor(() => expect(screen.queryByRole('tree')).toBeNull());
  });

  test('search looks behind associations and shows the way', async () => {
    const { user, search, value, tree } = await open();
    await user.type(search, 'name');
    expect(labels(tree)).toContain('Trigger data / Customer / NameText');
    await user.clear(search);
    await user.type(search, 'amount{Enter}');
    expect(value()).toBe('{{$context.data.amount}}');
  });

  test('only what fits is offered', async () => {
    const { tree, user } = await open(undefined, { variableOptions: { types: ['number'] } });
    await user.click(within(tree).getByRole('treeitem', { name: /Trigger data/ }));
    expect(labels(tree)).toContain('AmountNumber');
    expect(labels(tree)).not.toContain('TitleText');
  });

  test('values of the last run are shown', async () => {
    const { tree, user } = await open({ samples: { context: { data: { amount: 501 } }, results: { sum: 12 } } });
    expect(labels(tree)).toContain('Sum12');
    await user.click(within(tree).getByRole('treeitem', { name: /Trigger data/ }));
    expect(labels(tree)).toContain('AmountNumber501');
  });

  test('search goes on in trees that come later', async () => {
    const late = [{ name: 'late', title: 'Late', type: 'object', paths: ['late'], children: async () => [{ name: 'inner', title: 'Inner value', type: 'string', paths: ['late', 'inner'] }] }];
    const { user, search, value, tree } = await open(undefined, { metaTree: late });
    await user.type(search, 'inner');
    await waitFor(() => expect(labels(tree)).toEqual(['Inner valueText']));
    await user.keyboard('{Enter}');
    expect(value()).toBe('{{late.inner}}');
  });

  test('a whole record can be used, and what is not there is said', async () => {
    const { tree, user, search, value } = await open();
    await user.type(search, 'zzz');
    expect(tree.textContent).toBe('No variable matches');
    await user.clear(search);
    await user.click(within(within(tree).getByRole('treeitem', { name: /Trigger data/ })).getByRole('button', { name: 'Use' }));
    expect(value()).toBe('{{$context.data}}');
  });
});

describe('WorkflowTypedVariableInput', () => {
  test('number, with the properties of its type', async () => {
    const { user, value } = setup(WorkflowTypedVariableInput, { types: [['number', { min: 1 }]], nullable: false, 'aria-label': 'Number' });
    const box = screen.getByRole('spinbutton', { name: 'Number' });
    await user.type(box, '12');
    expect(value()).toBe(12);
    expect(box.getAttribute('aria-valuemin')).toBe('1');
  });

  test('the type can be changed', async () => {
    const scene = setup(WorkflowTypedVariableInput, { initial: 'a' });
    await choose(scene, combo('Type of the value'), 'Number');
    expect(scene.value()).toBe(0);
    await choose(scene, combo('Type of the value'), 'Yes/no');
    expect(scene.value()).toBe(false);
    await choose(scene, combo('Type of the value'), 'Nothing');
    expect(scene.value()).toBeNull();
  });

  test('a variable takes the place of the constant and can be removed', async () => {
    const { user, value } = setup(WorkflowTypedVariableInput, { initial: 5, types: ['number'], nullable: false });
    await user.click(screen.getByRole('button', { name: 'Choose a variable' }));
    await user.type(await screen.findByRole('combobox', { name: 'Search variables' }), 'amount{Enter}');
    expect(value()).toBe('{{$context.data.amount}}');
    await user.click(screen.getByRole('button', { name: 'Remove the variable Trigger data / Amount' }));
    expect(value()).toBe(0);
  });

  test('raw variables may be typed as text', async () => {
    const { user, value } = setup(WorkflowTypedVariableInput, { types: ['string'], 'aria-label': 'Text', initial: '' });
    await user.type(screen.getByRole('textbox', { name: 'Text' }), '{{{{$context.data.id}}');
    expect(value()).toBe('{{$context.data.id}}');
    expect(screen.getByText('Trigger data').parentElement?.textContent).toBe('Trigger data / ID');
  });
});

describe('other inputs with variables', () => {
  test('JSON is stored parsed; mistakes are kept and named', async () => {
    const { user, value } = setup(WorkflowVariableJsonTextArea, { 'aria-label': 'JSON', initial: { a: 1 } });
    const box = screen.getByRole('textbox', { name: 'JSON' });
    expect(box.textContent).toContain('"a": 1');
    await user.clear(box);
    await user.click(box);
    await user.paste('{"b": "{{$context.data.id}}"}');
    expect(value()).toEqual({ b: '{{$context.data.id}}' });
    await user.clear(box);
    await user.click(box);
    await user.paste('{"b": ');
    expect(screen.getByRole('alert').textContent).toContain('not valid JSON');
    expect(value()).toBe('{"b": ');
  });

  test('WorkflowVariableWrapper lends its own editor', async () => {
    const { user, value } = setup(WorkflowVariableWrapper, {
      render: ({ value: own, onChange }: { value: string; onChange(next: string): void }) => (
        <input aria-label="Own" value={own ?? ''} onChange={(event) => onChange(event.target.value)} />
      ),
    });
    await user.type(screen.getByRole('textbox', { name: 'Own' }), 'x');
    expect(value()).toBe('x');
    await user.click(screen.getByRole('button', { name: 'Choose a variable' }));
    await user.type(await screen.findByRole('combobox', { name: 'Search variables' }), 'title{Enter}');
    expect(value()).toBe('{{$context.data.title}}');
    expect(screen.queryByRole('textbox', { name: 'Own' })).toBeNull();
  });

  test('WorkflowVariableTag names a variable by a tree', async () => {
    const metaTree = [{ name: '$context', title: 'Trigger', type: 'object', paths: ['$context'], children: [{ name: 'x', title: 'Ex', type: 'string', paths: ['$context', 'x'] }] }];
    let cleared = false;
    const { user } = show(<WorkflowVariableTag value="{{$context.x}}" metaTree={metaTree} onClear={() => (cleared = true)} />);
    expect(screen.getByText('Ex')).toBeTruthy();
    await user.click(screen.getByRole('button'));
    expect(cleared).toBe(true);
  });
});

describe('option groups', () => {
  const options = [{ value: 1, label: '{{t("One", {ns: "x"})}}' }, { value: 2, label: 'Two', tooltip: 'The second' }];
  test('radio', async () => {
    const { user, value } = setup(RadioWithTooltip, { options });
    await user.click(screen.getByRole('radio', { name: /Two/ }));
    expect(value()).toBe(2);
    expect(screen.getByRole('radio', { name: 'One' })).toBeTruthy();
  });
  test('checkboxes', async () => {
    const { user, value } = setup(CheckboxGroupWithTooltip, { options });
    await user.click(screen.getByRole('checkbox', { name: 'One' }));
    await user.click(screen.getByRole('checkbox', { name: /Two/ }));
    expect(value()).toEqual([1, 2]);
  });
});

describe('collections and fields', () => {
  test('CollectionCascader stores the data source unless it is the main one', async () => {
    const scene = setup(CollectionCascader, { 'aria-label': 'Collection' });
    await choose(scene, combo('Collection'), 'CRM');
    await scene.user.click(screen.getByText('Tickets'));
    expect(scene.value()).toBe('crm:tickets');
    await choose(scene, combo('Collection'), 'Main');
    await scene.user.click(screen.getByText('Orders'));
    expect(scene.value()).toBe('orders');
  });

  test('AppendsSelect adds what lies on the way and removes what lies below', async () => {
    const { user, value } = setup(AppendsSelect, { collection: 'orders', 'aria-label': 'Associations', initial: ['customer.company'] });
    expect(screen.getByText('Customer / Company')).toBeTruthy();
    await user.click(combo('Associations'));
    const node = (text: string) => [...document.querySelectorAll('.ant-select-tree-treenode')].find((item) => item.textContent === text)!;
    await user.click(node('Items …').querySelector('.ant-select-tree-checkbox')!);
    expect(value()).toEqual(['customer', 'customer.company', 'items']);
    await user.click(node('Customer').querySelector('.ant-select-tree-checkbox')!);
    expect(value()).toEqual(['items']);
  });

  test('AppendsSelect opens level by level', async () => {
    const { user, value } = setup(AppendsSelect, { collection: 'orders', 'aria-label': 'Associations' });
    await user.click(combo('Associations'));
    const node = (text: string) => [...document.querySelectorAll('.ant-select-tree-treenode')].find((item) => item.textContent === text);
    expect(node('Company')).toBeUndefined();
    await user.click(node('Customer')!.querySelector('.ant-select-tree-switcher')!);
    await user.click(node('Company')!.querySelector('.ant-select-tree-checkbox')!);
    expect(value()).toEqual(['customer', 'customer.company']);
  });

  test('FieldsSelect searches titles and names, and leaves out hidden fields', async () => {
    const { user, value } = setup(FieldsSelect, { collection: 'orders', 'aria-label': 'Field' });
    await user.type(combo('Field'), 'dueat');
    const options = [...document.querySelectorAll('.ant-select-item-option')];
    expect(options.map((item) => item.textContent)).toEqual(['Due at']);
    await user.click(options[0]!);
    expect(value()).toBe('dueAt');
  });

  test('SortFieldsInput', async () => {
    const scene = setup(SortFieldsInput, { collection: 'orders' });
    await scene.user.click(screen.getByRole('button', { name: 'plus Add sort field' }));
    await choose(scene, combo('Sort by'), 'Amount');
    await scene.user.click(screen.getByText('Descending'));
    await scene.user.click(screen.getByRole('button', { name: 'plus Add sort field' }));
    await choose(scene, combo('Sort by', 1), 'Title');
    expect(scene.value()).toEqual([{ field: 'amount', direction: 'desc' }, { field: 'title', direction: 'asc' }]);
    await scene.user.click(screen.getAllByRole('button', { name: 'Move up' })[1]!);
    expect(scene.value()).toEqual([{ field: 'title', direction: 'asc' }, { field: 'amount', direction: 'desc' }]);
    await scene.user.click(screen.getAllByRole('button', { name: 'Remove' })[0]!);
    expect(scene.value()).toEqual([{ field: 'amount', direction: 'desc' }]);
  });

  test('AssignedFieldsEditor sets only fields that were added', async () => {
    const scene = setup(AssignedFieldsEditor, { collection: 'orders', initial: { gone: 1 } });
    expect(screen.getByText('Field "gone" does not exist')).toBeTruthy();
    await scene.user.click(screen.getByRole('button', { name: 'Do not set gone' }));
    await choose(scene, combo('Add field'), 'Status');
    await choose(scene, combo('Status'), 'Approved');
    await choose(scene, combo('Add field'), 'Title *');
    await scene.user.click(screen.getByRole('textbox', { name: 'Title' }));
    await scene.user.keyboard('New');
    expect(scene.value()).toEqual({ status: 'approved', title: 'New' });
  });
});

describe('records', () => {
  test('RecordSelect gives the key and searches on the server', async () => {
    const scene = setup(RecordSelect, { collection: 'customers', 'aria-label': 'Customer' });
    await scene.user.click(combo('Customer'));
    await scene.user.click(await screen.findByText('Bob'));
    expect(scene.value()).toBe(8);
    await scene.user.type(combo('Customer'), 'An');
    await waitFor(() => expect(scene.requests.at(-1)?.params?.filter).toEqual({ name: { $includes: 'An' } }));
  });

  test('the name of a chosen record is asked for', async () => {
    const { requests } = setup(RecordSelect, { collection: 'customers', initial: 7, 'aria-label': 'Customer' });
    await screen.findByText('Ann');
    expect(requests[0]?.params?.filter).toEqual({ id: { $in: [7] } });
  });

  test('TriggerCollectionRecordSelect gives the whole record', async () => {
    const { user, value } = setup(TriggerCollectionRecordSelect, { id: 'record' });
    await user.click(screen.getByRole('combobox'));
    await user.click(await screen.findByText('Chairs'));
    expect(value()).toEqual(ROWS.orders![1]);
  });

  test('UsersSelect: a user, or a query', async () => {
    const { user, value } = setup(UsersSelect, {});
    await user.click(screen.getByRole('combobox'));
    await user.click(await screen.findByText('Carla'));
    expect(value()).toBe(3);
  });

  test('UsersSelect: users that meet conditions', async () => {
    const scene = setup(UsersSelect, { initial: { filter: {} } });
    await scene.user.click(screen.getByRole('button', { name: 'plus Add condition' }));
    await choose(scene, combo('Field'), 'Nickname');
    await scene.user.click(screen.getByRole('textbox', { name: 'Value' }));
    await scene.user.keyboard('C');
    expect(scene.value()).toEqual({ filter: { $and: [{ nickname: { $includes: 'C' } }] } });
  });
});

describe('CalculationConfig', () => {
  test('conditions in groups', async () => {
    const scene = setup(CalculationConfig);
    await scene.user.click(screen.getByRole('button', { name: 'plus Add condition' }));
    await scene.user.type(screen.getByRole('textbox', { name: 'Left value' }), '{{{{$context.data.amount}}');
    await choose(scene, combo('Comparison'), 'is greater than');
    await choose(scene, combo('Type of the value'), 'Number');
    await scene.user.clear(screen.getByRole('spinbutton', { name: 'Right value' }));
    await scene.user.type(screen.getByRole('spinbutton', { name: 'Right value' }), '500');
    expect(scene.value()).toEqual({ group: { type: 'and', calculations: [{ calculator: 'gt', operands: ['{{$context.data.amount}}', 500] }] } });
    await scene.user.click(screen.getByRole('button', { name: 'plus Add condition group' }));
    await choose(scene, combo('All or any of the conditions'), 'Any');
    expect(scene.value()).toMatchObject({ group: { type: 'or', calculations: [{ calculator: 'gt' }, { group: { type: 'and', calculations: [{}] } }] } });
    await scene.user.click(screen.getByRole('button', { name: 'Remove the group' }));
    await scene.user.click(screen.getByRole('button', { name: 'Remove the condition' }));
    expect(scene.value()).toEqual({ group: { type: 'or', calculations: [] } });
  });

  test('older configs: a bare comparison, signs as names', () => {
    setup(CalculationConfig, { initial: { calculator: '>', operands: [1, 2] } });
    expect(screen.getByText('is greater than')).toBeTruthy();
  });
});

describe('FilterDynamicComponent', () => {
  test('text, choice and association', async () => {
    const scene = setup(FilterDynamicComponent, { collection: 'orders' });
    await scene.user.click(screen.getByRole('button', { name: 'plus Add condition' }));
    await choose(scene, combo('Field'), 'Status');
    await choose(scene, combo('Value'), 'Approved');
    expect(scene.value()).toEqual({ $and: [{ status: { $eq: 'approved' } }] });
    await scene.user.click(screen.getByRole('button', { name: 'plus Add condition' }));
    await choose(scene, combo('Field', 1), 'Customer');
    await scene.user.click(await screen.findByText('Name'));
    await scene.user.click(screen.getByRole('textbox', { name: 'Value' }));
    await scene.user.keyboard('A');
    expect(scene.value()).toEqual({ $and: [{ status: { $eq: 'approved' } }, { customer: { name: { $includes: 'A' } } }] });
  });

  test('the key of an association, compared with a variable', async () => {
    const scene = setup(FilterDynamicComponent, { collection: 'orders' });
    await scene.user.click(screen.getByRole('button', { name: 'plus Add condition' }));
    await choose(scene, combo('Field'), 'Customer ID');
    await scene.user.click(screen.getByRole('button', { name: 'Choose a variable' }));
    await scene.user.type(await screen.findByRole('combobox', { name: 'Search variables' }), 'Customer ID{Enter}');
    expect(scene.value()).toEqual({ $and: [{ customerId: { $eq: '{{$context.data.customerId}}' } }] });
  });

  test('dates may be compared with ranges', async () => {
    const scene = setup(FilterDynamicComponent, { collection: 'orders', initial: { $and: [{ dueAt: { $dateOn: '2026-01-01' } }] } });
    await scene.user.click(screen.getByRole('button', { name: 'Choose a variable' }));
    await scene.user.type(await screen.findByRole('combobox', { name: 'Search variables' }), 'this week{Enter}');
    expect(scene.value()).toEqual({ $and: [{ dueAt: { $dateOn: '{{$system.dateRange.thisWeek}}' } }] });
  });

  test('unary operators need no value; changing the field starts anew', async () => {
    const scene = setup(FilterDynamicComponent, { collection: 'orders', initial: { title: 'x' } });
    await choose(scene, combo('Comparison'), 'is empty');
    expect(scene.value()).toEqual({ $and: [{ title: { $empty: true } }] });
    await choose(scene, combo('Field'), 'Amount');
    expect(scene.value()).toEqual({ $and: [{ amount: { $eq: undefined } }] });
  });

  test('what it cannot show is kept', async () => {
    const odd = { $and: [{ $not: { a: 1 } }, { 'customer.name': 'A' }] };
    const scene = setup(FilterDynamicComponent, { collection: 'orders', initial: odd });
    expect(screen.getByText('{"$not":{"a":1}}')).toBeTruthy();
    await scene.user.click(screen.getByRole('textbox', { name: 'Value' }));
    await scene.user.keyboard('{End}n');
    expect(scene.value()).toMatchObject({ $and: [{ $not: { a: 1 } }, { customer: { name: { $eq: expect.stringContaining('n') } } }] });
  });
});
