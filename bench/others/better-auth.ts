/** What is sent to a server in a comparison, by what it is called in the table. */
export interface Comparison {
  readonly name: string;
  readonly requests: Readonly<Record<string, (round: number) => Promise<Response>>>;
}

/** The operations on better-auth, whose server has said in one line where it is and how to sign in. */
export function requestsToBetterAuth(line: string): Comparison {
  const { url, cookie, userId, password }: Readonly<Record<'url' | 'cookie' | 'userId' | 'password', string>> =
    JSON.parse(line);
  const headers = { cookie, origin: url };
  const get = (path: string, query: Readonly<Record<string, string>> = {}) =>
    fetch(`${url}/api/auth${path}?${new URLSearchParams(query)}`, { headers });
  const post = (path: string, body: Readonly<Record<string, unknown>>) =>
    fetch(`${url}/api/auth${path}`, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const list = (filterField: string, filterValue: string, limit: string) =>
    get('/admin/list-users', { filterField, filterValue, limit });
  const create = (name: string) => {
    const data = { username: name, displayUsername: name, city: 'C1' };
    return post('/admin/create-user', { name, email: `${name}@example.com`, password, role: 'user', data });
  };
  return {
    name: 'better-auth, SQLite',
    requests: {
      'list of 100 by role': () => list('role', 'rare', '100'),
      'query on an attribute': () => list('city', 'C7', '1000'),
      'by id': () => get('/admin/get-user', { id: userId }),
      'by username': () => list('username', 'user501', '1'),
      session: () => get('/get-session'),
      update: (round) => post('/admin/update-user', { userId, data: { city: `C${round}` } }),
      create: (round) => create(`new${round}`),
      'sign-in': () => post('/sign-in/username', { username: 'user501', password }),
    },
  };
}
