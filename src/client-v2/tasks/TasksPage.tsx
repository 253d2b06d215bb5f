import { TaskCentre } from './TaskCentre';
import { TaskList } from './TaskList';

/** The task centre of the v2 client. */
export default function TasksPage() {
  return <TaskCentre List={TaskList} />;
}
