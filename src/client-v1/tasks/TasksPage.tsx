import { TaskCentre } from '@nocobase/plugin-workflow/client-v2';
import { TaskList } from '../formily/TaskList';

/** The task centre of the v1 client. */
export default function TasksPage() {
  return <TaskCentre List={TaskList} />;
}
