import { Collapse, Flex, Typography } from 'antd';
import { LogCollapse } from '../canvas/LogCollapse';
import { useT } from '../host/translation';
import type { ClientJob, ClientNode } from '../registry/types';
import { JobStatusOptionsMap } from '../status/options';
import { JsonView } from './JsonView';
import { StatusTag } from './StatusTag';
import { formatTime } from './formatTime';

/** Ids may be numbers or decimal strings of any length. */
const compareIds = (left: ClientJob, right: ClientJob) => (BigInt(left.id) < BigInt(right.id) ? -1 : 1);

/** The jobs of an execution in their order, each with its result, error and log. */
export function JobList({ jobs, nodes }: { jobs: ClientJob[]; nodes: ClientNode[] }) {
  const t = useT();
  const titles = new Map(nodes.map((node) => [String(node.id), node.title || node.type]));
  return (
    <Collapse
      items={[...jobs].sort(compareIds).map((job) => ({
        key: String(job.id),
        label: titles.get(String(job.nodeId)) ?? job.nodeKey,
        extra: <StatusTag status={job.status} options={JobStatusOptionsMap} />,
        children: (
          <Flex vertical gap="small">
            <Typography.Text type="secondary">{formatTime(job.updatedAt)}</Typography.Text>
            <Typography.Text strong>{job.status < 0 ? t('Error') : t('Result')}</Typography.Text>
            <JsonView value={job.result} />
            <LogCollapse value={job.log ?? undefined} />
          </Flex>
        ),
      }))}
    />
  );
}
