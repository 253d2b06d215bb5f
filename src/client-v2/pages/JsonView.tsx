import { Typography, theme } from 'antd';

/** A value as indented JSON in a box that scrolls. */
export function JsonView({ value }: { value: unknown }) {
  const { token } = theme.useToken();
  return (
    <Typography.Paragraph style={{ marginBottom: 0 }}>
      <pre style={{ maxHeight: '24em', overflow: 'auto', margin: 0, padding: token.paddingSM, fontSize: token.fontSizeSM }}>
        {JSON.stringify(value ?? null, null, 2)}
      </pre>
    </Typography.Paragraph>
  );
}
