import { Alert, Button, Collapse, Flex, Form, Input, Modal, Typography } from 'antd';
import { useMemo, useState } from 'react';
import type { Config } from '../../../document/types';
import type { Samples } from '../../../forms/context';
import { useT } from '../../../port/HostPort';
import { JsonView } from '../../../ui/JsonView';
import { Secondary } from '../../../ui/Secondary';
import { JobStatusTag } from '../../../ui/StatusTag';
import { TimeAgo } from '../../../ui/TimeAgo';
import { errorText } from '../../../ui/errorText';
import { useEditor } from '../context';
import type { TestResult } from '../editorApi';
import { parseTyped, substitute, testVariables, typedText } from './testValues';

interface Props {
  type: string;
  /** as it stands in the form, saved or not */
  config: Config;
  samples?: Samples;
  onClose(): void;
}

/** Executes one node with the data of the last execution, which can be changed before. */
export function TestRunDialog({ type, config, samples, onClose }: Props) {
  const { api } = useEditor();
  const t = useT();
  const variables = useMemo(() => testVariables(config, samples), [config, samples]);
  const [texts, setTexts] = useState<Record<string, string>>(() => Object.fromEntries(variables.map(({ raw, sample }) => [raw, typedText(sample)])));
  const [outcome, setOutcome] = useState<{ result?: TestResult; error?: string; isRunning?: boolean }>({});

  const run = async () => {
    setOutcome({ isRunning: true });
    try {
      const values = new Map(variables.map(({ raw }) => [raw, parseTyped(texts[raw] ?? '')]));
      setOutcome({ result: await api.test(type, substitute(config, values)) });
    } catch (failure) {
      setOutcome({ error: errorText(failure) });
    }
  };

  return (
    <Modal
      open
      title={t('Test run')}
      width={640}
      onCancel={onClose}
      footer={
        <Flex justify="flex-end" gap="small">
          <Button onClick={onClose}>{t('Close')}</Button>
          <Button type="primary" loading={outcome.isRunning} onClick={() => void run()}>
            {t('Run')}
          </Button>
        </Flex>
      }
    >
      <Flex vertical gap="middle">
        <Alert
          type="warning"
          showIcon
          message={t('Test run will do the actual data manipulating or API calling, please use with caution.')}
        />
        {variables.length > 0 && (
          <Form layout="vertical" onFinish={() => void run()}>
            <Typography.Paragraph>
              <Secondary>
                {samples?.at ? (
                  <>
                    {t('Values of the last execution')} (<TimeAgo at={samples.at} />)
                  </>
                ) : (
                  t('The workflow has not been executed yet: give the variables values.')
                )}
              </Secondary>
            </Typography.Paragraph>
            {variables.map(({ raw, path }) => (
              <Form.Item key={raw} label={<Typography.Text code>{path.join('.')}</Typography.Text>} style={{ marginBottom: 12 }}>
                <Input.TextArea
                  autoSize={{ minRows: 1, maxRows: 6 }}
                  value={texts[raw]}
                  aria-label={path.join('.')}
                  placeholder={t('Text, number or JSON')}
                  onChange={(event) => setTexts({ ...texts, [raw]: event.target.value })}
                />
              </Form.Item>
            ))}
          </Form>
        )}
        <div aria-live="polite">
          {outcome.error !== undefined && <Alert type="error" showIcon message={outcome.error} />}
          {outcome.result && (
            <Flex vertical gap="small">
              <div>
                {t('Status')}: <JobStatusTag status={outcome.result.status} />
              </div>
              <JsonView label={t('Result')} value={outcome.result.result} />
              {outcome.result.log && (
                <Collapse
                  size="small"
                  items={[{ key: 'log', label: t('Log'), children: <pre style={{ margin: 0, whiteSpace: 'pre-wrap' }}>{outcome.result.log}</pre> }]}
                />
              )}
            </Flex>
          )}
        </div>
      </Flex>
    </Modal>
  );
}
