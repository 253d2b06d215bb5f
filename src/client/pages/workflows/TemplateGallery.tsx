import { Alert, Button, Card, Flex, Typography } from 'antd';
import { useState } from 'react';
import type { WorkflowLine } from '../../api/types';
import { useWorkflowApi } from '../../api/useWorkflowApi';
import { usePort } from '../../port/HostPort';
import { errorText } from '../../ui/errorText';
import { workflowTemplates } from './templates/all';
import { createFromTemplate, missingCollections } from './templates/create';
import { Secondary } from '../../ui/Secondary';

/** Worked examples that a workflow may begin as. */
export function TemplateGallery({ onCreated }: { onCreated(workflow: WorkflowLine): void }) {
  const port = usePort();
  const api = useWorkflowApi();
  const { t } = port;
  const [busy, setBusy] = useState<string>();
  const [failure, setFailure] = useState<string>();

  return (
    <Flex vertical gap="middle">
      {failure && <Alert type="error" showIcon role="alert" message={failure} />}
      <Flex wrap gap="middle" justify="center" align="stretch">
        {workflowTemplates(t).map((template) => {
          const missing = missingCollections(template, port);
          return (
            <Card key={template.key} size="small" title={template.title} style={{ width: 300, textAlign: 'start' }} styles={{ body: { height: 'calc(100% - 40px)' } }}>
              <Flex vertical gap="small" style={{ height: '100%' }}>
                <Typography.Text>{template.description}</Typography.Text>
                <Secondary style={{ flex: 1 }}>
                  {t('Nodes: {{count}}', { count: template.nodes.length })}
                  {missing.length > 0 && (
                    <>
                      <br />
                      {t('Also creates the collections: {{titles}}', { titles: missing.map(({ title }) => title).join(', ') })}
                    </>
                  )}
                </Secondary>
                <Button
                  loading={busy === template.key}
                  disabled={busy !== undefined && busy !== template.key}
                  aria-label={t('Use the template “{{title}}”', { title: template.title })}
                  onClick={() => {
                    setBusy(template.key);
                    setFailure(undefined);
                    createFromTemplate(template, port, api)
                      .then(onCreated, (error: unknown) => setFailure(errorText(error)))
                      .finally(() => setBusy(undefined));
                  }}
                >
                  {t('Use template')}
                </Button>
              </Flex>
            </Card>
          );
        })}
      </Flex>
    </Flex>
  );
}
