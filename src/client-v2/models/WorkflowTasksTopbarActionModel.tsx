import { TopbarActionModel } from '@nocobase/client-v2';
import type { ReactNode } from 'react';
import { TasksButton } from '../tasks/TasksButton';

/** Button in the top bar of the v2 client that leads to the to-dos and says how many wait. */
export class WorkflowTasksTopbarActionModel extends TopbarActionModel {
  override sort = 250;
  override actionId = 'workflow-tasks';
  override testId = 'workflow-tasks-button';

  override render(): ReactNode {
    return <TasksButton button={(icon, open) => this.renderWrapper(this.buttonWith(icon, open))} />;
  }

  private buttonWith(icon: ReactNode, open: () => void): ReactNode {
    this.icon = icon;
    this.onClick = open;
    return this.renderButton();
  }
}
