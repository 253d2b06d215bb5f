import { Checkbox, Flex, Skeleton, Switch, theme } from 'antd';
import { useT } from '../../port/HostPort';
import { LastRunCell, NameCell, RunsCell, TriggerCell } from './cells';
import { WorkflowMenu } from './WorkflowMenu';
import { switchLabel, type WorkflowViewProps } from './WorkflowTable';

/** Workflows as cards, for narrow screens. */
export function WorkflowCards({ list, registry, selection, onSelect, onToggle, onShowExecutions, empty, ...menu }: WorkflowViewProps) {
  const t = useT();
  const { token } = theme.useToken();
  if (!list.rows) return list.loading ? <Skeleton active /> : null;
  if (list.rows.length === 0) return <>{empty}</>;
  return (
    <Flex vertical gap="small" component="ul" style={{ margin: 0, padding: 0, listStyle: 'none' }}>
      {list.rows.map((workflow) => {
        const isSelected = selection.includes(workflow.id);
        return (
          <li
            key={String(workflow.id)}
            style={{
              border: `1px solid ${isSelected ? token.colorPrimary : token.colorBorderSecondary}`,
              borderRadius: token.borderRadiusLG,
              padding: token.paddingSM,
              overflowWrap: 'break-word',
            }}
          >
            <Flex vertical gap="small">
              <Flex gap="small" align="center">
                <Checkbox
                  checked={isSelected}
                  aria-label={t('Select {{title}}', { title: workflow.title ?? workflow.key })}
                  onChange={({ target }) =>
                    onSelect(target.checked ? [...selection, workflow.id] : selection.filter((id) => id !== workflow.id))
                  }
                />
                <span style={{ flex: 1 }} />
                <Switch
                  size="small"
                  aria-label={switchLabel(t, workflow)}
                  checked={workflow.enabled}
                  onChange={(checked) => onToggle(workflow, checked)}
                />
                <WorkflowMenu workflow={workflow} onShowExecutions={onShowExecutions} {...menu} />
              </Flex>
              <NameCell workflow={workflow} lines={3} />
              <TriggerCell workflow={workflow} registry={registry} />
              <Flex wrap align="center" style={{ columnGap: token.margin, rowGap: token.marginXXS }}>
                <Flex wrap align="center" style={{ columnGap: token.marginXS }}>
                  {t('Executed')}
                  <RunsCell workflow={workflow} activity={list.activity[workflow.key]} onShow={onShowExecutions} />
                </Flex>
                {list.activity[workflow.key]?.lastRun && <LastRunCell activity={list.activity[workflow.key]} />}
              </Flex>
            </Flex>
          </li>
        );
      })}
    </Flex>
  );
}
