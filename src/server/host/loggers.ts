import path from 'node:path';
import type { Plugin } from '@nocobase/server';
import type { Logger } from '@nocobase/logger';
import { createEnvironmentMasker, type SecretMasker } from '../expressions/mask';
import { maskLog } from './logMask';

const MAX_LOGGERS = 20;

/** One log file per workflow and day: `workflows/<id>/<date>.log`, without secrets. The least used ones are closed. */
export class WorkflowLoggers {
  private readonly loggers = new Map<string, Logger>();
  private mask: SecretMasker | undefined;

  constructor(private readonly plugin: Plugin) {}

  /** @param id workflow id, or the name of a part such as `dispatcher` */
  get(id: number | string): Logger {
    const key = `${new Date().toISOString().slice(0, 10)}-${id}`;
    let logger = this.loggers.get(key);
    if (logger) {
      this.loggers.delete(key);
    } else {
      logger = this.plugin.createLogger({
        dirname: path.join('workflows', String(id)),
        filename: '%DATE%.log',
      });
      maskLog(logger, (this.mask ??= createEnvironmentMasker(this.plugin.app.environment)));
      this.evict();
    }
    this.loggers.set(key, logger);
    return logger;
  }

  clear(): void {
    for (const logger of this.loggers.values()) {
      close(logger);
    }
    this.loggers.clear();
  }

  private evict(): void {
    const [oldest] = this.loggers.keys();
    if (oldest !== undefined && this.loggers.size >= MAX_LOGGERS) {
      close(this.loggers.get(oldest) as Logger);
      this.loggers.delete(oldest);
    }
  }
}

function close(logger: Logger): void {
  const closable = logger as unknown as { silent: boolean; close(): void };
  closable.silent = true;
  closable.close();
}
