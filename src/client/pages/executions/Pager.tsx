import { LeftOutlined, RightOutlined } from '@ant-design/icons';
import { Button, Flex } from 'antd';
import { usePort } from '../../port/HostPort';
import type { PageState } from '../../ui/usePage';
import { Secondary } from '../../ui/Secondary';

interface PagerProps {
  page: PageState;
  /** rows on the present page */
  shown: number;
  total: number | undefined;
  isEstimate: boolean | undefined;
}

/** Turns the pages of a list that nobody has counted to the last row. */
export function Pager({ page, shown, total, isEstimate }: PagerProps) {
  const { t, language } = usePort();
  const first = (page.page - 1) * page.pageSize + 1;
  const last = first + shown - 1;
  const hasNext = total === undefined || isEstimate ? shown === page.pageSize : last < total;
  if (page.page === 1 && !hasNext && shown === 0) return null;
  const number = new Intl.NumberFormat(language, isEstimate ? { maximumSignificantDigits: 2 } : undefined);
  const rows = shown > 0 ? `${first}–${last}` : '–';
  const known = total !== undefined && (!isEstimate || total > last);
  return (
    <Flex justify="flex-end" align="center" gap="small" component="nav" aria-label={t('Pages')}>
      <Secondary>
        {!known
          ? rows
          : isEstimate
            ? t('{{rows}} of about {{total}}', { rows, total: number.format(total) })
            : t('{{rows}} of {{total}}', { rows, total: number.format(total) })}
      </Secondary>
      <Button
        size="small"
        icon={<LeftOutlined />}
        aria-label={t('Previous page')}
        disabled={page.page === 1}
        onClick={() => page.turn(page.page - 1)}
      />
      <Button size="small" icon={<RightOutlined />} aria-label={t('Next page')} disabled={!hasNext} onClick={() => page.turn(page.page + 1)} />
    </Flex>
  );
}
