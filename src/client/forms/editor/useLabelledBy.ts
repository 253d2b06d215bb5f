import { useEffect, type RefObject } from 'react';

/**
 * Names an editable element by the label of its form item: labels point to their control by its id, which browsers
 * honour for native inputs only.
 */
export function useLabelledBy(ref: RefObject<HTMLElement | null>, id: string | undefined): void {
  useEffect(() => {
    const element = ref.current;
    const label = element && id ? [...element.ownerDocument.querySelectorAll('label')].find((item) => item.htmlFor === id) : undefined;
    if (!element || !label) return;
    label.id ||= `${id}-label`;
    element.setAttribute('aria-labelledby', label.id);
    const focus = () => element.focus();
    label.addEventListener('click', focus);
    return () => label.removeEventListener('click', focus);
  }, [ref, id]);
}
