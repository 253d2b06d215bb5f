import type { ApiClient } from '@nocobase/client-v2';
import { App, Card } from 'antd';
import { useMemo, useState } from 'react';
import type { Trigger } from '../registry/Trigger';
import type { ClientWorkflow, Id } from '../registry/types';
import { ExecutionDrawer } from './ExecutionDrawer';
import { ExecutionsDrawer } from './ExecutionsDrawer';
import { ExecuteModal } from './ExecuteModal';
import { WorkflowApi } from './WorkflowApi';
import { WorkflowTable } from './WorkflowTable';

export interface WorkflowSettingsPageProps {
  client: ApiClient;
  /** the trigger behind a type; undefined for a type that is not installed */
  getTrigger(type: string): Trigger | undefined;
}

/** Settings → Workflow: the workflows, their executions, and one execution with its jobs. */
export function WorkflowSettingsPage({ client, getTrigger }: WorkflowSettingsPageProps) {
  const api = useMemo(() => new WorkflowApi(client), [client]);
  const [workflow, setWorkflow] = useState<ClientWorkflow>();
  const [toExecute, setToExecute] = useState<ClientWorkflow>();
  const [executionId, setExecutionId] = useState<Id>();
  // Makes the lists load again after something was started, cancelled or has ended.
  const [revision, setRevision] = useState(0);
  const onChanged = () => setRevision((count) => count + 1);

  return (
    <App>
      <Card variant="borderless">
        <WorkflowTable
          api={api}
          getTrigger={getTrigger}
          revision={revision}
          onShowExecutions={setWorkflow}
          onExecute={setToExecute}
        />
      </Card>
      <ExecutionsDrawer
        api={api}
        workflow={workflow}
        revision={revision}
        onShow={setExecutionId}
        onClose={() => setWorkflow(undefined)}
      />
      <ExecutionDrawer
        api={api}
        id={executionId}
        onChanged={onChanged}
        onClose={() => setExecutionId(undefined)}
      />
      <ExecuteModal
        api={api}
        workflow={toExecute}
        onClose={() => setToExecute(undefined)}
        onExecuted={(id) => {
          onChanged();
          setExecutionId(id);
        }}
      />
    </App>
  );
}
