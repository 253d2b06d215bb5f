import { DataTypes, type Collection, type Model } from '@nocobase/database';
import type { Context } from '@nocobase/actions';

/** Who acted, as workflows see it in `$context`. */
export interface Actor {
  /** columns of the user that are not hidden; null when nobody is signed in (public forms) */
  user: Record<string, unknown> | null;
  /** the role the request was made with, or the host's marker for a union of roles */
  roleName: string | null;
}

/** The columns of a user that are not hidden; associations are left out. */
export function toPublicUser(user: Model | Record<string, unknown>, users: Collection): Record<string, unknown> {
  // building a model to ask it for its visible columns would cost more than the rest of the trigger
  const columns: Record<string, unknown> = typeof user.get === 'function' ? user.get() : user;
  const { associations, rawAttributes } = users.model;
  return Object.fromEntries(
    Object.entries(columns)
      .filter(([name]) => {
        const field = users.getField(name);
        return field && !field.options.hidden && !Object.hasOwn(associations, name);
      })
      .map(([name, value]) => [name, rawAttributes[name]?.type instanceof DataTypes.DATE ? toDate(value) : value]),
  );
}

/** The host keeps the user as its driver delivered the row: SQLite has texts for dates, in a format of its own. */
const toDate = (value: unknown): unknown => (typeof value === 'string' ? new Date(value) : value);

/** The actor of a request. The host keeps the signed-in user as plain columns, hidden ones included. */
export function getActor(ctx: Context): Actor {
  const { currentUser, currentRole } = ctx.state;
  return {
    user: currentUser?.id == null ? null : toPublicUser(currentUser, ctx.app.db.getCollection('users')),
    roleName: currentRole ?? null,
  };
}
