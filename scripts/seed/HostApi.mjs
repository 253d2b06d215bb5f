/** The little of the host's HTTP API that the examples need, as one user. */
export class HostApi {
  constructor(url, token) {
    this.url = url;
    this.token = token;
  }

  /** @throws Error with the host's message when it refuses */
  static async signIn(url, account, password) {
    const { token } = await new HostApi(url).post('auth:signIn', { account, password });
    return new HostApi(url, token);
  }

  /** @returns the `data` of the answer */
  async request(method, path, body) {
    const response = await fetch(`${this.url}/api/${path}`, {
      method,
      headers: {
        'Content-Type': 'application/json',
        ...(this.token && { Authorization: `Bearer ${this.token}` }),
      },
      body: body && JSON.stringify(body),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return text && JSON.parse(text).data;
  }

  post(path, body) {
    return this.request('POST', path, body);
  }

  /** First record that matches, or undefined. */
  async findOne(resource, filter) {
    const query = new URLSearchParams({ filter: JSON.stringify(filter), pageSize: '1' });
    return (await this.request('GET', `${resource}:list?${query}`))[0];
  }

  /** The record that `filter` names; created with these values when it is missing. */
  async ensure(resource, filter, values) {
    return (await this.findOne(resource, filter)) ?? this.post(`${resource}:create`, { ...filter, ...values });
  }
}
