export { Canvas } from './Canvas';
export { BranchSlot, type BranchSlotProps } from './card/BranchSlot';
export { useCardBridge, type CardProps } from './card/CardBridge';
export { FaultBadge, FaultList } from './card/FaultBadge';
export { NodeCardFrame } from './card/NodeCardFrame';
export { ConfigForm, type ConfigFormHandle, type ConfigValues } from './config/ConfigForm';
export { useKindContext } from './state/useKindContext';
export { TRIGGER, type CanvasEditing, type CanvasHandle, type CanvasProps, type DiffOverlay, type JobMark, type RunOverlay } from './types';
