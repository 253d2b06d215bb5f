import { Alert, Spin, theme, Typography } from 'antd';
import { useEffect, useState } from 'react';
import { usePort } from '../../port/HostPort';
import { useFormScope } from '../context';
import { useConfig } from '../shared/useConfig';
import { browserZone } from './zonedTime';

/** Answer of `workflows:previewSchedule`. */
interface Preview {
  /** instants, ascending */
  occurrences: string[];
  /** zone that the schedule goes by */
  timezone?: string;
}

type State = { kind: 'loading' } | { kind: 'failed'; message: string } | { kind: 'ready'; preview: Preview };

const COUNT = 5;
const DELAY_MS = 400;

/** The next times at which the schedule fires as it is edited, in its zone. */
export function SchedulePreview() {
  const port = usePort();
  const { t, language } = port;
  const { token } = theme.useToken();
  const workflow = useFormScope()?.document?.workflow;
  const [state, setState] = useState<State>({ kind: 'loading' });
  const settings = {
    mode: useConfig('mode'),
    startsOn: useConfig('startsOn'),
    repeat: useConfig('repeat') ?? null,
    endsOn: useConfig('endsOn'),
    limit: useConfig('limit'),
    timezone: useConfig('timezone'),
  };
  const config = JSON.stringify(settings);

  useEffect(() => {
    const stop = new AbortController();
    const timer = setTimeout(() => {
      setState({ kind: 'loading' });
      port
        .request<Preview>({
          action: 'workflows:previewSchedule',
          params: workflow ? { filterByTk: workflow.id } : {},
          values: { config: JSON.parse(config) as unknown, count: COUNT },
          signal: stop.signal,
        })
        .then(
          ({ data }) => setState({ kind: 'ready', preview: data }),
          (error: Error) => !stop.signal.aborted && setState({ kind: 'failed', message: error.message }),
        );
    }, DELAY_MS);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [config, port, workflow]);

  if (!settings.startsOn) return null;
  const zone = (state.kind === 'ready' && state.preview.timezone) || (settings.timezone as string | undefined) || browserZone();
  const format = new Intl.DateTimeFormat(language, { dateStyle: 'full', timeStyle: 'medium', timeZone: zone });
  return (
    <section aria-label={t('Next runs')} aria-live="polite" style={{ padding: token.paddingSM, borderRadius: token.borderRadius, background: token.colorFillQuaternary }}>
      <Typography.Text strong>{t('Next runs')}</Typography.Text> <span style={{ color: token.colorTextSecondary }}>{zone}</span>
      {state.kind === 'failed' ? (
        <Alert type="error" showIcon message={state.message} style={{ marginTop: token.marginXS }} />
      ) : (
        <Spin spinning={state.kind === 'loading'} size="small">
          <ol style={{ margin: `${token.marginXS}px 0 0`, paddingInlineStart: token.paddingLG, minHeight: 24 }}>
            {state.kind === 'ready' &&
              state.preview.occurrences.map((at) => (
                <li key={at}>
                  <time dateTime={at}>{format.format(new Date(at))}</time>
                </li>
              ))}
          </ol>
          {state.kind === 'ready' && !state.preview.occurrences.length ? (
            <Typography.Text type="warning">{t('It never fires with these settings.')}</Typography.Text>
          ) : null}
        </Spin>
      )}
    </section>
  );
}
