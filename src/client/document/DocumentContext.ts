import { createContext, useContext } from 'react';
import type { FlowDocument } from './types';

const DocumentContext = createContext<FlowDocument | null>(null);

export const DocumentProvider = DocumentContext.Provider;

/** The document around a component, in its present state; every edit repaints who asks. Null outside of a canvas. */
export const useDocument = (): FlowDocument | null => useContext(DocumentContext);
