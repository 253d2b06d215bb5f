import { expect, it } from 'vitest';
import type { MatrixWorld } from './matrixWorld';

/** Who acts, and what a refused action triggers: T16–T24, T58, T60. */
export function accessSuite(getWorld: () => MatrixWorld): void {
  const body = { title: 'Hello, world!' };

  async function expectNothing(world: MatrixWorld, path: string, post: (path: string) => Promise<{ status: number }>) {
    const wp = await world.workflow();
    const wps = await world.workflow({ sync: true });
    const wpg = await world.workflow({ config: { global: true, actions: ['create'] } });
    const before = await world.count('posts');
    const { status } = await post(`${path}${path.includes('?') ? '&' : '?'}triggerWorkflows=${wp.key},${wps.key}`);
    for (const workflow of [wp, wps, wpg]) {
      await world.expectRuns(workflow, 0);
    }
    expect(await world.count('posts')).toBe(before);
    return status;
  }

  it('T16: a write that fails triggers nothing', async () => {
    const world = getWorld();
    await world.post('posts:create', { title: 'first', slug: 'taken' });
    const status = await expectNothing(world, 'posts:create', (path) => world.post(path, { ...body, slug: 'taken' }));
    expect(status).toBe(400);
  });

  it('T16: a write that fails in a later row triggers nothing for the rows before it', async () => {
    const world = getWorld();
    await world.post('posts:create', { title: 'second', slug: 'taken too' });
    const rows = [body, { ...body, slug: 'taken too' }];
    const status = await expectNothing(world, 'posts:create', (path) => world.post(path, rows));
    expect(status).toBe(400);
  });

  it('T17: without the permission nothing runs', async () => {
    const world = getWorld();
    const vera = await world.host.signInAs('vera', ['viewer']);
    expect(await expectNothing(world, 'posts:create', (path) => vera.post(path, body))).toBe(403);
  });

  it('T18: without credentials nothing runs', async () => {
    const world = getWorld();
    const anonymous = world.emma.anonymous();
    expect(await expectNothing(world, 'posts:create', (path) => anonymous.post(path, body))).toBe(401);
  });

  it('T19: with a broken token nothing runs', async () => {
    const world = getWorld();
    const broken = world.emma.withToken(`${world.emma.token}x`);
    expect(await expectNothing(world, 'posts:create', (path) => broken.post(path, body))).toBe(401);
  });

  it('T20: the token may be a parameter', async () => {
    const world = getWorld();
    const wp = await world.workflow();
    const { status } = await world.emma
      .anonymous()
      .post(`posts:create?token=${world.emma.token}&triggerWorkflows=${wp.key}`, body);
    expect(status).toBe(200);
    expect(await world.expectProbes(wp, 1)).toMatchObject([{ uid: world.emma.userId }]);
  });

  it('T21: without a role header the default role of the user counts', async () => {
    const world = getWorld();
    const wp = await world.workflow();
    const { data } = await world.emma.get('roles:check');
    await world.emma.post(`posts:create?triggerWorkflows=${wp.key}`, body);
    expect(await world.expectProbes(wp, 1)).toMatchObject([{ role: data.role }]);
  });

  it('T22: a role that the user does not have is refused', async () => {
    const world = getWorld();
    const foreign = world.emma.withRole('admin');
    const status = await expectNothing(world, 'posts:create', (path) => foreign.post(path, body));
    expect(status).toBe(401);
  });

  it('T23: the role header decides, not the best role of the user', async () => {
    const world = getWorld();
    const viewer = world.emma.withRole('viewer');
    expect(await expectNothing(world, 'posts:create', (path) => viewer.post(path, body))).toBe(403);
  });

  it('T24: an API key acts as its user and role', async () => {
    const world = getWorld();
    const wp = await world.workflow();
    const { token } = await world.emma
      .withRole('employee')
      .create('apiKeys', { name: 'T24', role: { name: 'employee' }, expiresIn: '1d' });
    const { status } = await world.emma
      .anonymous()
      .withToken(token)
      .post(`posts:create?triggerWorkflows=${wp.key}`, body);
    expect(status).toBe(200);
    expect(await world.expectProbes(wp, 1)).toMatchObject([{ uid: world.emma.userId, role: 'employee' }]);
  });

  it('T58: simultaneous requests of two users keep their contexts apart', async () => {
    const world = getWorld();
    const wp = await world.workflow({ probe: { extra: '{{$context.data.title}}' } });
    const path = `posts:create?triggerWorkflows=${wp.key}`;
    const requests = Array.from({ length: 5 }, (_, i) => [
      world.post(path, { title: `emma ${i}` }),
      world.root.post(path, { title: `root ${i}` }),
    ]).flat();
    const responses = await Promise.all(requests);
    const rows = await world.expectProbes(wp, 10);
    for (const { data } of responses) {
      const row = rows.find(({ ref }) => ref === data.id);
      const owner = data.title.startsWith('emma') ? world.emma.userId : 1;
      expect(row).toMatchObject({ uid: owner, extra: data.title });
      expect(data.createdById).toBe(owner);
    }
  });

  it('T60: associations are preloaded with the rights of the system, hidden fields are left out', async () => {
    const world = getWorld();
    const wp = await world.workflow({ config: { appends: ['author', 'author.roles'] } });
    await world.post(`posts:create?triggerWorkflows=${wp.key}`, { ...body, author: { id: 1 } });
    const [{ context }] = await world.expectRuns(wp, 1);
    expect(context.data.author).toMatchObject({ id: 1, username: 'nocobase' });
    expect(context.data.author.roles.map(({ name }: { name: string }) => name)).toContain('root');
    expect(JSON.stringify(context)).not.toContain('"password"');
  });
}
