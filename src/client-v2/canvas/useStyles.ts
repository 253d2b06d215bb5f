import { theme } from 'antd';

/** Class keys that branching nodes of extensions read. */
const CLASS_KEYS = [
  'workflowPageClass', 'dropdownClass', 'workflowVersionDropdownClass', 'executionsDropdownRowClass',
  'workflowDetailsDescriptionClass', 'branchBlockClass', 'branchClass', 'nodeBlockClass', 'nodeClass', 'nodeCardClass',
  'nodeJobButtonClass', 'nodeHeaderClass', 'nodeMetaClass', 'nodeTitleClass', 'nodeSubtreeClass', 'nodeJobResultClass',
  'addButtonClass', 'dropZoneClass', 'pasteButtonClass', 'dragPreviewClass', 'clipboardPreviewClass', 'conditionClass',
  'loopLineClass', 'terminalClass',
] as const;

const styles = Object.fromEntries(CLASS_KEYS.map((key) => [key, `workflow-${key}`])) as Record<
  (typeof CLASS_KEYS)[number],
  string
>;

/** Class names of the canvas. */
export function useStyles() {
  const { token } = theme.useToken();
  const cx = (...classes: (string | false | null | undefined)[]) => classes.filter(Boolean).join(' ');
  return { styles, cx, theme: token };
}
