interface Entry {
  text: string;
  caret: number;
}

/** Typed words are undone together: an entry swallows what follows within this time. */
const TYPING_MS = 600;
const MOST_ENTRIES = 200;

/** Undo of one editor. The browser's own is lost when variables are drawn. */
export class History {
  private entries: Entry[];
  private at = 0;
  private last = 0;

  constructor(text: string) {
    this.entries = [{ text, caret: text.length }];
  }

  /** @param now milliseconds; changes shortly after one another are one entry, unless `isStep` */
  push(entry: Entry, now: number, isStep = false): void {
    const isTyping = !isStep && this.at > 0 && now - this.last < TYPING_MS;
    this.entries.length = this.at + 1;
    if (isTyping) this.entries[this.at] = entry;
    else this.entries.push(entry);
    if (this.entries.length > MOST_ENTRIES) this.entries.shift();
    this.at = this.entries.length - 1;
    this.last = isStep ? 0 : now;
  }

  undo(): Entry | undefined {
    this.last = 0;
    return this.at > 0 ? this.entries[--this.at] : undefined;
  }

  redo(): Entry | undefined {
    this.last = 0;
    return this.at < this.entries.length - 1 ? this.entries[++this.at] : undefined;
  }
}
