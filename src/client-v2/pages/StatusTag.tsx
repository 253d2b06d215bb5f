import { Tag } from 'antd';
import { useCompiledText } from '../host/translation';
import type { StatusOption } from '../status/options';

/** A status in its colour; a number that nobody knows is shown as it is. */
export function StatusTag({
  status,
  options,
}: {
  status: number | null;
  options: Record<string, StatusOption>;
}) {
  const compile = useCompiledText();
  const option = options[String(status)];
  return (
    <Tag color={option?.color} icon={option?.icon}>
      {option ? compile(option.label) : String(status)}
    </Tag>
  );
}
