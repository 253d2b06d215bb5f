export { CollectionTrigger } from './CollectionTrigger';
