/** What tests ask of a host from inside of it; only root may. */
const { setFlagsFromString } = require('node:v8');
const { runInNewContext } = require('node:vm');
const { Plugin } = require('@nocobase/server');
const { LossyPubSub, LossyQueue } = require('./LossyMail.cjs');

module.exports = class WorldPlugin extends Plugin {
  async beforeLoad() {
    const port = Number(process.env.BAD_MAIL_PORT);
    if (!port) return;
    this.app.eventQueue.setAdapter(new LossyQueue(port));
    this.app.pubSubManager.setAdapter(new LossyPubSub(port));
  }

  async load() {
    /** holds its run, and with it the lane of its workflow, until an address answers */
    const gate = {
      run: async ({ config }, _input, processor) => {
        await fetch(`${config.url}/${processor.execution.context.data.title}`);
        return { status: 1 };
      },
    };
    this.app.pm.get('workflow').registerInstruction('gate', gate);
    this.app.resourceManager.define({
      name: 'faultWorld',
      actions: {
        /** one statement */
        sql: async (ctx, next) => {
          const [rows] = await this.db.sequelize.query(ctx.action.params.values.statement);
          ctx.body = rows;
          await next();
        },
        /** lets old executions be deleted now */
        sweep: async (ctx, next) => {
          await this.app.emitAsync('workflow:sweep');
          ctx.body = {};
          await next();
        },
        /** what is left in memory once everything that nobody needs is gone, and what keeps the process alive */
        memory: async (ctx, next) => {
          setFlagsFromString('--expose-gc');
          const collect = runInNewContext('gc');
          collect();
          await new Promise(setImmediate);
          collect();
          ctx.body = { heapMb: process.memoryUsage().heapUsed / 2 ** 20, resources: process.getActiveResourcesInfo() };
          await next();
        },
        /** nothing else happens in this process for so long */
        block: async (ctx, next) => {
          Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ctx.action.params.values.ms);
          ctx.body = {};
          await next();
        },
      },
    });
  }
};
