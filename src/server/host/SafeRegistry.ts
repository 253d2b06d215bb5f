import { Registry } from '@nocobase/utils';

/**
 * Registry of types in which the first one stays: the stock companion plugins register types that are ours, and must
 * find the place taken without an exception.
 */
export class SafeRegistry<T> extends Registry<T> {
  constructor(private readonly onRefused: (type: string) => void) {
    super();
  }

  override register(type: string, value: T): void {
    if (this.get(type) !== undefined) {
      this.onRefused(type);
      return;
    }
    super.register(type, value);
  }
}
