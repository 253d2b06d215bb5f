import type { HostPort } from '../../port/HostPort';

/** Translates; the key is the English text. */
export type Translate = HostPort['t'];
