import { PinnedPluginListProvider } from '@nocobase/client';
import { TasksButton } from '@nocobase/plugin-workflow/client-v2';
import { Button } from 'antd';
import type { PropsWithChildren } from 'react';

/** Button in the top bar of the v1 client. */
export function WorkflowTasksLink() {
  return (
    <TasksButton
      button={(icon, open) => <Button type="text" data-testid="workflow-tasks-button" icon={icon} onClick={open} />}
    />
  );
}

const ITEMS = { todo: { component: 'WorkflowTasksLink', pin: true, snippet: '*' } };

/** Puts the button into the top bar, for every user. */
export function PinnedTasksLink({ children }: PropsWithChildren) {
  return <PinnedPluginListProvider items={ITEMS}>{children}</PinnedPluginListProvider>;
}
