// @vitest-environment jsdom
import { screen, waitFor, within } from '@testing-library/react';
import { useEffect, useRef, useState } from 'react';
import { describe, expect, it } from 'vitest';
import type { LegacyFieldsetProps, TriggerKind } from '../../registry/kinds';
import { WorkflowsPage } from '../workflows/WorkflowsPage';
import { registry, showPage } from './world';

/** Fields of the host's older kind of form: it owns its values, sets one of them itself, and says at the field what is missing. */
function OldFields({ onChange, onSubmitter }: LegacyFieldsetProps) {
  const values = useRef<Record<string, unknown>>({ mode: 1 });
  const [isMissing, setMissing] = useState(false);
  useEffect(() => {
    onSubmitter?.(async () => {
      setMissing(!values.current.collection);
      if (!values.current.collection) throw new Error('The field is required');
      return values.current;
    });
    return () => onSubmitter?.(undefined);
  }, [onSubmitter]);
  return (
    <>
      <input
        aria-label="Collection"
        onChange={({ target }) => {
          values.current = { ...values.current, collection: target.value };
          onChange({ collection: target.value });
        }}
      />
      {isMissing && <p role="alert">Choose a collection</p>}
    </>
  );
}

const old: TriggerKind = { type: 'old', title: 'Old event', defaultConfig: () => ({ global: false }), preset: { kind: 'legacy', Component: OldFields } };

async function open() {
  const page = showPage(
    <WorkflowsPage registry={{ ...registry, trigger: (type) => (type === 'old' ? old : registry.trigger(type)), triggers: () => [old] }} />,
    { 'workflows:list': { data: [], meta: { count: 0 } }, 'workflows:create': { id: 3 } },
  );
  await page.user.click((await screen.findAllByRole('button', { name: /Add new/ }))[0]!);
  const drawer = within(await screen.findByRole('dialog'));
  await page.user.type(drawer.getByLabelText('Name'), 'Of old');
  await page.user.click(drawer.getByRole('combobox', { name: 'Trigger type' }));
  await page.user.click(await screen.findByText('Old event'));
  return { ...page, drawer };
}

describe('a new workflow whose trigger type brings a form of the older kind', () => {
  it('is not sent while a field is missing, which the form says', async () => {
    const { user, drawer, asked } = await open();
    await user.click(drawer.getByRole('button', { name: 'Submit' }));
    await drawer.findByText('Choose a collection');
    expect(asked('workflows:create')).toEqual([]);
  });

  it('is created with what was filled in, what the form set itself, and what the type begins with', async () => {
    const { user, drawer, asked } = await open();
    await user.type(await drawer.findByLabelText('Collection'), 'items');
    await user.click(drawer.getByRole('button', { name: 'Submit' }));
    await waitFor(() => expect(asked('workflows:create')).toHaveLength(1));
    expect(asked('workflows:create')[0]!.values).toMatchObject({ type: 'old', config: { collection: 'items', mode: 1, global: false } });
  });
});
