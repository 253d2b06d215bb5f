import type { CollectionOptions, Model } from '@nocobase/database';
import { isLive } from '../../src/common/status';
import type { ExecutionModel, JobModel, WorkflowModel } from '../../src/server/contract';
import { createApp, type CreateAppOptions, type TestApp } from '../helpers/app';
import { fixtureCollections } from '../helpers/fixtures/collections';
import { waitFor } from '../helpers/waitFor';

const DATES: CollectionOptions['fields'] = [
  { type: 'datetimeTz', name: 'at' },
  { type: 'datetimeNoTz', name: 'localAt' },
  { type: 'dateOnly', name: 'day' },
  { type: 'unixTimestamp', name: 'unixAt' },
  { type: 'datetimeTz', name: 'endAt' },
  { type: 'password', name: 'secret', hidden: true },
  { type: 'sort', name: 'sort' },
];

/** Collections of dated records, for tests that run side by side. */
const events: CollectionOptions[] = Array.from({ length: 30 }, (_, i) => ({
  name: `events${i}`,
  fields: [{ type: 'string', name: 'title' }, { type: 'belongsTo', name: 'category' }, ...DATES],
}));

/** The fixture collections; posts carry dates, a password and a position too. */
const collections = [
  ...fixtureCollections.map((collection) =>
    collection.name === 'posts' ? { ...collection, fields: [...collection.fields!, ...DATES] } : collection,
  ),
  ...events,
];

/** An application whose workflows of one trigger type are looked at. */
export class TriggerWorld {
  private constructor(
    readonly host: TestApp,
    private readonly type: string,
  ) {}

  static async create(type: string, options: CreateAppOptions): Promise<TriggerWorld> {
    return new TriggerWorld(await createApp({ collections, ...options }), type);
  }

  /** Lends an application to one test. */
  static async with<T>(type: string, options: CreateAppOptions, use: (world: TriggerWorld) => Promise<T>): Promise<T> {
    const world = await TriggerWorld.create(type, options);
    try {
      return await use(world);
    } finally {
      await world.host.close();
    }
  }

  get db() {
    return this.host.db;
  }

  get workflows() {
    return this.db.getRepository('workflows');
  }

  /** Records of a collection of the main data source, or of `dataSource`. */
  records(name: string, dataSource = 'main') {
    return this.host.app.dataSourceManager.get(dataSource).collectionManager.getRepository(name);
  }

  createPost(values: object = {}, options: object = {}): Promise<Model> {
    return this.records('posts').create({ values: { title: 'post', ...values }, ...options }) as Promise<Model>;
  }

  updatePost(post: Model, values: object): Promise<unknown> {
    return this.records('posts').update({ filterByTk: post.get('id') as number, values });
  }

  /** An enabled workflow. */
  add(config: object, values: object = {}): Promise<WorkflowModel> {
    return this.workflows.create({ values: { type: this.type, enabled: true, config, ...values } });
  }

  /** Saves a change of a workflow, so that its trigger follows. */
  change({ id }: WorkflowModel, values: object): Promise<unknown> {
    return this.workflows.update({ filterByTk: id, values });
  }

  /** Makes all workflows look as if they had last been changed at this time. */
  async backdate(changedAt: Date): Promise<void> {
    const model = this.db.getModel('workflows');
    const queries = this.db.sequelize.getQueryInterface() as unknown as {
      bulkUpdate(table: unknown, values: object, where: object, options: object, attributes: object): Promise<unknown>;
    };
    await queries.bulkUpdate(model.getTableName(), { updatedAt: changedAt }, {}, {}, model.rawAttributes);
  }

  /** Executions of all versions of a workflow, oldest first. */
  executions({ key }: Pick<WorkflowModel, 'key'>): Promise<ExecutionModel[]> {
    return this.db.getRepository('executions').find({ filter: { key }, sort: ['createdAt', 'id'] });
  }

  /** `$context.data` of each execution. */
  async data(workflow: WorkflowModel): Promise<any[]> {
    return (await this.executions(workflow)).map(({ context }) => context.data);
  }

  async count(workflow: WorkflowModel): Promise<number> {
    return (await this.executions(workflow)).length;
  }

  /** The executions, once there are `count` of them and all have ended. */
  ended(workflow: Pick<WorkflowModel, 'key'>, count: number): Promise<ExecutionModel[]> {
    return waitFor(
      async () => {
        const rows = await this.executions(workflow);
        return rows.length >= count && rows.every(({ status }) => !isLive(status)) && rows;
      },
      { what: `${count} ended runs of ${workflow.key}` },
    );
  }

  jobs({ id }: ExecutionModel): Promise<JobModel[]> {
    return this.db.getRepository('jobs').find({ filter: { executionId: id }, sort: 'id' });
  }

  /** Switches off what a test left, so that the next one has the collections for itself. */
  async reset(): Promise<void> {
    await this.workflows.update({ filter: { enabled: true }, values: { enabled: false } });
    await this.records('posts').destroy({ filter: { id: { $gt: 0 } } });
  }
}
