import { ArrayItems } from '@formily/antd-v5';
import { PlusOutlined } from '@ant-design/icons';
import { useField } from '@formily/react';
import { currentLane } from '@nocobase/plugin-workflow/client-v2';
import { Button, Popover, Space } from 'antd';
import { useState } from 'react';

/** Adds a user, or a query over users, to the list of receivers around it. */
export function UsersAddition() {
  const { t } = currentLane().port;
  const [isOpen, setOpen] = useState(false);
  const field = useField();
  const array = ArrayItems.useArray?.();
  const isDisabled = (array?.field ?? field)?.disabled;
  const add = (value: unknown) => {
    void (array?.field ?? field).push(value);
    setOpen(false);
  };
  return (
    <Popover
      open={isOpen && !isDisabled}
      onOpenChange={setOpen}
      trigger="click"
      content={
        <Space direction="vertical" size="small">
          <Button type="text" onClick={() => add(null)}>
            {t('Select users')}
          </Button>
          <Button type="text" onClick={() => add({ filter: {} })}>
            {t('Query users')}
          </Button>
        </Space>
      }
    >
      <Button icon={<PlusOutlined />} type="dashed" block disabled={isDisabled}>
        {t('Add user')}
      </Button>
    </Popover>
  );
}
