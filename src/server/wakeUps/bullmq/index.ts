export { BullMqChannel, type BullMqOptions } from './BullMqChannel';
