import { DetailsBlockProvider } from './DetailsBlockProvider';
import { SimpleDesigner } from './SimpleDesigner';
import { ValueBlock } from './ValueBlock';

/** Components that schemas of stored pages name. */
export const blockComponents = { DetailsBlockProvider, SimpleDesigner, ValueBlock };
