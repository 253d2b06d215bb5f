import type { Context } from '@nocobase/actions';
import type { Database, Model } from '@nocobase/database';
import type { Transaction } from 'sequelize';
import type { WriteKind } from './plan';
import type { Submission } from './Submission';

/** Options that a repository hands to the listeners of its writes. */
interface WriteOptions {
  context?: Context;
  transaction?: Transaction | null;
  values?: unknown;
  /** set by the host when a record is created as part of another one */
  inputValues?: unknown;
}

/**
 * Finds out which rows a request writes, from the events that repositories emit inside their transaction.
 *
 * The same request may write other rows of the same collection: associations, hooks of plugins. What tells
 * the action's own rows apart is that only the action passes the very `values` of the request to the repository.
 */
export class WriteCapture {
  private readonly submissions = new WeakMap<Context, Submission>();
  private readonly listened = new WeakMap<Database, Set<string>>();

  /** @param throughAssociation true when the rows are written as members of a many-to-many association */
  watch(
    ctx: Context,
    submission: Submission,
    source: { db: Database; collectionName: string; throughAssociation: boolean },
  ): void {
    this.submissions.set(ctx, submission);
    const { db, collectionName, throughAssociation } = source;
    this.listen(db, `${collectionName}.afterCreateWithAssociations`, (model, options) =>
      this.addOwn('create', model, options),
    );
    this.listen(db, `${collectionName}.afterUpdateWithAssociations`, (model, options) =>
      this.addOwn('update', model, options),
    );
    if (throughAssociation) {
      this.listen(db, `${collectionName}.afterCreate`, (model, options) => this.addMember(model, options));
    }
  }

  private listen(db: Database, event: string, listener: (model: Model, options: WriteOptions) => void): void {
    const events = this.listened.get(db) ?? new Set();
    this.listened.set(db, events);
    if (!events.has(event)) {
      events.add(event);
      db.on(event, listener);
    }
  }

  private addOwn(kind: WriteKind, model: Model, { context, transaction, values }: WriteOptions): void {
    const submission = context && this.submissions.get(context);
    if (!submission || !transaction) {
      return;
    }
    const own = context.action.params.values;
    if (values !== own && !(Array.isArray(own) && own.includes(values))) {
      return;
    }
    if (context.action.actionName === 'updateOrCreate' && kind === 'update' && !isChanged(model, values)) {
      return;
    }
    submission.addRow({ kind, row: model }, transaction);
  }

  /**
   * The host's many-to-many repository emits no event of its own for new members, only the model does.
   * Its options are a copy, so the test is another one: a nested record comes with `inputValues`, a member with
   * `values`.
   */
  private addMember(model: Model, { context, transaction, values, inputValues }: WriteOptions): void {
    const submission = context && this.submissions.get(context);
    if (submission && transaction && values !== undefined && inputValues === undefined) {
      submission.addRow({ kind: 'create', row: model }, transaction);
    }
  }
}

/**
 * True when a submitted column has a new value. Other columns do not count: the host marks who updated the row as
 * changed even if nothing is. Submitted associations always count: the host does not compare them.
 */
function isChanged(model: Model, values: unknown): boolean {
  const { associations } = model.constructor as unknown as { associations: Record<string, unknown> };
  const record = model as unknown as { changedWithAssociations(name: string): boolean };
  return Object.keys((values as object) ?? {}).some(
    (name) => Object.hasOwn(associations, name) || record.changedWithAssociations(name),
  );
}
