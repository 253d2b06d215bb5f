/** Query parameters; objects and arrays are sent the way the host's own clients send them. */
export type Params = Record<string, unknown>;

export interface ApiResponse {
  status: number;
  /** parsed JSON, or the text when it is none */
  body: any;
  /** `body.data` */
  data: any;
  meta: any;
  headers: Headers;
}

function queryString(params: Params): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) {
    if (value === undefined) continue;
    if (Array.isArray(value)) value.forEach((item) => query.append(`${name}[]`, String(item)));
    else query.append(name, typeof value === 'object' ? JSON.stringify(value) : String(value));
  }
  const text = query.toString();
  return text && `?${text}`;
}

function parsed(text: string): any {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** The host's HTTP API as one user. Copies with another user, role or header come from `signIn`, `withRole`, `withHeaders`. */
export class ApiClient {
  constructor(
    readonly url: string,
    private readonly headers: Record<string, string> = {},
    private readonly signal?: AbortSignal,
  ) {}

  /** The same user, who gives up when the signal says so. */
  within(signal: AbortSignal): ApiClient {
    return new ApiClient(this.url, this.headers, signal);
  }

  withHeaders(headers: Record<string, string>): ApiClient {
    return new ApiClient(this.url, { ...this.headers, ...headers });
  }

  /** The same user in the role that the `X-Role` header names. */
  withRole(role: string): ApiClient {
    return this.withHeaders({ 'X-Role': role });
  }

  withToken(token: string): ApiClient {
    return this.withHeaders({ Authorization: `Bearer ${token}` });
  }

  /** Bearer token of this client. */
  get token(): string {
    return (this.headers.Authorization ?? '').replace('Bearer ', '');
  }

  anonymous(): ApiClient {
    const { Authorization: _, ...headers } = this.headers;
    return new ApiClient(this.url, headers);
  }

  /** Any request; never throws for a status. A string body is sent as it is. */
  async request(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<ApiResponse> {
    const response = await fetch(`${this.url}/api/${path}`, {
      method,
      signal: this.signal,
      headers: { 'Content-Type': 'application/json', ...this.headers, ...headers },
      body: body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body),
    });
    const content = parsed(await response.text());
    return {
      status: response.status,
      body: content,
      data: content?.data,
      meta: content?.meta,
      headers: response.headers,
    };
  }

  /** @example await api.get('posts:list', { filter: { title: 'a' }, appends: ['category'] }) */
  get(path: string, params: Params = {}): Promise<ApiResponse> {
    return this.request('GET', `${path}${queryString(params)}`);
  }

  /** @example await api.post('posts:create?triggerWorkflows=abc', { title: 'a' }) */
  post(path: string, body: unknown = {}, headers?: Record<string, string>): Promise<ApiResponse> {
    return this.request('POST', path, body, headers);
  }

  private async expectOk(path: string, response: ApiResponse): Promise<any> {
    if (response.status >= 400) {
      throw new Error(`${path}: ${response.status} ${JSON.stringify(response.body)}`);
    }
    return response.data;
  }

  /** @returns the created record. @throws Error when the host refuses */
  async create(resource: string, values: object, params: Params = {}): Promise<any> {
    const path = `${resource}:create${queryString(params)}`;
    return this.expectOk(path, await this.post(path, values));
  }

  /** @throws Error when the host refuses */
  async update(resource: string, filterByTk: unknown, values: object, params: Params = {}): Promise<any> {
    const path = `${resource}:update${queryString({ filterByTk, ...params })}`;
    return this.expectOk(path, await this.post(path, values));
  }

  /** All matching records. @throws Error when the host refuses */
  async list(resource: string, params: Params = {}): Promise<any[]> {
    const path = `${resource}:list`;
    return this.expectOk(path, await this.get(path, { paginate: false, ...params }));
  }

  /** One record, or undefined. @throws Error when the host refuses */
  async find(resource: string, params: Params): Promise<any> {
    const path = `${resource}:get`;
    return this.expectOk(path, await this.get(path, params));
  }

  /** @throws Error when the host refuses */
  async destroy(resource: string, params: Params): Promise<any> {
    const path = `${resource}:destroy${queryString(params)}`;
    return this.expectOk(path, await this.post(path));
  }

  /** @throws Error when the host refuses */
  async signIn(account: string, password: string): Promise<ApiClient> {
    const client = this.anonymous();
    const data = await this.expectOk('auth:signIn', await client.post('auth:signIn', { account, password }));
    return client.withToken(data.token);
  }
}
