import { QuestionCircleOutlined } from '@ant-design/icons';

/** An explanation behind a label. Its icon is no part of the label's name. */
export const hint = (text: string | undefined) => text && { title: text, icon: <QuestionCircleOutlined aria-hidden /> };
