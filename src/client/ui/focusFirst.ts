const FIELD = 'input:not([type=hidden]):not([disabled]), textarea:not([disabled]), [contenteditable=true], [role=combobox]';

/** Puts the keyboard focus on the first field inside an element; a chosen radio comes before others of its group. */
export function focusFirst(element: HTMLElement | null): void {
  const field = element?.querySelector<HTMLElement>(FIELD);
  if (!field) return;
  const isRadio = field instanceof HTMLInputElement && field.type === 'radio';
  const chosen = isRadio ? field.closest('.ant-radio-group')?.querySelector<HTMLElement>('input:checked') : null;
  (chosen ?? field).focus();
}
