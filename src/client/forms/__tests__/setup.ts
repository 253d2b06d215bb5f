import '@testing-library/react';
import { cleanup, configure } from '@testing-library/react';
import { afterEach, vi } from 'vitest';
import './lightStyles';

// Forms are drawn as a whole, on machines that do other work meanwhile.
vi.setConfig({ testTimeout: 60_000 });
configure({ asyncUtilTimeout: 10_000 });

// What jsdom lacks and antd asks for.
window.matchMedia ??= ((query: string) => ({
  matches: false, media: query, onchange: null, addListener: () => undefined, removeListener: () => undefined,
  addEventListener: () => undefined, removeEventListener: () => undefined, dispatchEvent: () => false,
})) as typeof window.matchMedia;
window.ResizeObserver ??= class {
  observe() {}
  unobserve() {}
  disconnect() {}
};
const { getComputedStyle } = window;
window.getComputedStyle = (element: Element) => getComputedStyle(element);

afterEach(cleanup);
