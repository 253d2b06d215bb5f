import type { Application } from '@nocobase/server';
import type { ServerResponse } from 'node:http';

/** With this many requests under way at once the process has little time left. */
const MANY_REQUESTS = 4;

/** Counts the requests that this process is answering. */
export class RequestLoad {
  private underWay = 0;
  /** called when the process has time again */
  onRelief: () => void = () => {};

  constructor(app: Application) {
    app.use(
      async ({ res }: { res: ServerResponse }, next: () => Promise<void>) => {
        this.underWay += 1;
        res.once('close', () => {
          this.underWay -= 1;
          if (this.underWay === MANY_REQUESTS - 1) {
            this.onRelief();
          }
        });
        await next();
      },
      { tag: 'workflowRequestLoad' },
    );
  }

  /** Whether anybody waits for an answer. */
  get isAnswering(): boolean {
    return this.underWay > 0;
  }

  get isHigh(): boolean {
    return this.underWay >= MANY_REQUESTS;
  }
}
