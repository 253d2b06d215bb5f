import { PlusOutlined } from '@ant-design/icons';
import { usePort } from '../port/HostPort';

const LIST = '/admin/settings/workflow';

/** Leads to the list of workflows, in a new tab: the page that is being configured stays as it is. */
export function CreateWorkflowLink() {
  const port = usePort();
  if (!port.can('workflows:create')) return null;
  return (
    <a href={port.href(LIST)} target="_blank" rel="noreferrer">
      <PlusOutlined /> {port.t('Create a workflow')}
    </a>
  );
}
