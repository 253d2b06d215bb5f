import { compareDocuments, type FlowDocument } from '../document';
import type { FlowSaverOptions } from './types';

/** Documents that were sent without an answer that tells whether they were stored. */
export class LostAnswers {
  private sent: FlowDocument[] = [];

  constructor(private readonly load: FlowSaverOptions['load']) {}

  add(document: FlowDocument): void {
    this.sent.push(document);
  }

  get isEmpty(): boolean {
    return this.sent.length === 0;
  }

  clear(): void {
    this.sent = [];
  }

  /** Takes out the one of them that is stored now, with its revision; null when somebody else's is. */
  async findStored(): Promise<{ document: FlowDocument; revision: string | null } | null> {
    if (!this.sent.length || !this.load) return null;
    try {
      const { document: stored, revision } = await this.load();
      const own = this.sent.find((sent) => compareDocuments(stored, sent).isEmpty);
      if (!own) return null;
      this.clear();
      return { document: own, revision };
    } catch {
      // Whoever settles the conflict reads it again, and sees why it cannot be read.
      return null;
    }
  }
}
