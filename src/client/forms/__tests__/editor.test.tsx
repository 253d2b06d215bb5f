// @vitest-environment jsdom
import './setup';
import { screen } from '@testing-library/react';
import { useState } from 'react';
import { describe, expect, test } from 'vitest';
import { WorkflowVariableInput, WorkflowVariableTextArea } from '../inputs';
import { show } from './world';

function Line({ initial = '', multiline = false, onValue }: { initial?: string; multiline?: boolean; onValue(value: string): void }) {
  const [value, setValue] = useState(initial);
  const Input = multiline ? WorkflowVariableTextArea : WorkflowVariableInput;
  return (
    <Input
      aria-label="Text"
      value={value}
      onChange={(next) => {
        setValue(next);
        onValue(next);
      }}
    />
  );
}

function setup(initial?: string, multiline?: boolean) {
  let value = initial ?? '';
  const scene = show(<Line initial={initial} multiline={multiline} onValue={(next) => (value = next)} />);
  const box = screen.getByRole('textbox', { name: 'Text' });
  return { ...scene, box, value: () => value, pills: () => [...box.querySelectorAll('[data-variable]')].map((pill) => pill.textContent) };
}

/** Puts the caret at the very end, as a click behind the text does. */
function caretAtEnd(box: HTMLElement) {
  box.focus();
  const selection = document.getSelection();
  selection?.selectAllChildren(box);
  selection?.collapseToEnd();
}

describe('text with variables', () => {
  test('what is typed is the value', async () => {
    const { user, box, value } = setup();
    await user.click(box);
    await user.keyboard('Hello');
    expect(value()).toBe('Hello');
  });

  test('a variable that is typed becomes a pill with the titles of its parts', async () => {
    const { user, box, value, pills } = setup();
    await user.click(box);
    await user.keyboard('{{{{$context.data.amount}} * 2');
    expect(value()).toBe('{{$context.data.amount}} * 2');
    expect(pills()).toEqual(['Trigger data / Amount']);
  });

  test('results of nodes are named by their titles, also behind preloaded associations', () => {
    expect(setup('{{$jobsMapByNodeKey.find.company.name}}').pills()).toEqual(['Find customer / Company / Name']);
  });

  test.each([
    ['{{$jobsMapByNodeKey.gone}}', 'The node of this variable was deleted'],
    ['{{$jobsMapByNodeKey.later}}', 'The node "Later" does not come before this one'],
    ['{{$context.data.nope}}', '"nope" does not exist, or its association is not preloaded'],
    ['{{$context.data.items.name}}', '"items" does not exist, or its association is not preloaded'],
    ['{{$scopes.loop.item}}', 'The variable exists only inside the branch of its node'],
    ['{{$env.NOPE}}', 'There is no variable or secret named "NOPE"'],
    ['{{$nope.x}}', 'There is no variable group "$nope"'],
  ])('%s is broken and says why', (text, why) => {
    const { box } = setup(text);
    const pill = box.querySelector<HTMLElement>('[data-state="broken"]');
    expect(pill?.title).toContain(why);
  });

  test.each([
    '{{$context.data.customerId}}', '{{$context.data.customer.companyId}}', '{{ctx.$context.data.amount}}', '{{ $context.data.id }}',
    '{{$jobsMapByNodeKey.sum.any.thing}}', '{{$system.now}}', '{{$env.TAX}}', '{{$context.roleName}}', '{{$context.data.customer.0}}',
  ])('%s is not', (text) => {
    expect(setup(text).box.querySelector('[data-state]')?.getAttribute('data-state')).toBe('known');
  });

  test('Backspace deletes a pill as a whole, Delete the one behind the caret', async () => {
    const { user, box, value, pills } = setup('a{{$context.data.id}}{{$context.data.title}}b');
    caretAtEnd(box);
    await user.keyboard('{ArrowLeft}');
    document.getSelection()?.collapse(box.lastChild, 0);
    await user.keyboard('{Backspace}');
    expect(value()).toBe('a{{$context.data.id}}b');
    document.getSelection()?.collapse(box.firstChild, 1);
    await user.keyboard('{Delete}');
    expect(value()).toBe('ab');
    expect(pills()).toEqual([]);
  });

  test('arrows step over a pill, and typing goes on behind it', async () => {
    const { user, box, value } = setup('{{$context.data.id}}');
    caretAtEnd(box);
    await user.keyboard('{ArrowLeft}');
    await user.keyboard('x');
    expect(value()).toBe('x{{$context.data.id}}');
    await user.keyboard('{ArrowRight}y');
    expect(value()).toBe('x{{$context.data.id}}y');
  });

  test('pasted variables become pills; a line stays a line', async () => {
    const { user, box, value, pills } = setup('n=');
    caretAtEnd(box);
    await user.paste('{{$context.data.id}}\nand more');
    expect(value()).toBe('n={{$context.data.id}} and more');
    expect(pills()).toEqual(['Trigger data / ID']);
  });

  test('several lines: Enter makes one', async () => {
    const { user, box, value } = setup('a', true);
    caretAtEnd(box);
    await user.keyboard('{Enter}b');
    expect(value()).toBe('a\nb');
    expect(box.getAttribute('aria-multiline')).toBe('true');
  });

  test('undo and redo, over pills too', async () => {
    const { user, box, value } = setup('a{{$context.data.id}}');
    caretAtEnd(box);
    await user.keyboard('{Backspace}');
    expect(value()).toBe('a');
    await user.keyboard('{Control>}z{/Control}');
    expect(value()).toBe('a{{$context.data.id}}');
    await user.keyboard('{Control>}{Shift>}z{/Shift}{/Control}');
    expect(value()).toBe('a');
  });

  test('a value from outside is drawn', () => {
    const scene = show(<WorkflowVariableInput aria-label="Text" value="a" />);
    scene.again(<WorkflowVariableInput aria-label="Text" value="{{$context.data.id}}" />);
    expect(screen.getByRole('textbox').textContent).toContain('Trigger data / ID');
    scene.again(<WorkflowVariableInput aria-label="Text" value="c" />);
    scene.again(<WorkflowVariableInput aria-label="Text" value="d" />);
    expect(screen.getByRole('textbox').textContent).toBe('d');
  });

  test('read-only: only a variable can be chosen, and removed', async () => {
    let value = '{{$context.data.id}}';
    const { user } = show(<WorkflowVariableInput readOnly aria-label="Text" value={value} onChange={(next) => (value = next)} />);
    expect(screen.getByRole('textbox').getAttribute('contenteditable')).toBe('false');
    await user.click(screen.getByRole('button', { name: 'Clear' }));
    expect(value).toBe('');
  });

  test('where variables make no sense there is no button for them', () => {
    show(<WorkflowVariableInput aria-label="Text" value="" />, { hideVariables: true });
    expect(screen.queryByRole('button')).toBeNull();
  });
});
