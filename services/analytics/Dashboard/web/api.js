// Every request of the page. The session cookie is sent by the browser and cannot be read here.
export class Refused extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

async function ask(path, options = {}) {
  let answer;
  try {
    answer = await fetch(path, { credentials: 'same-origin', cache: 'no-store', ...options });
  } catch {
    throw new Refused(0, 'There is no connection to the hub.');
  }
  if (!answer.ok) {
    let problem = {};
    try { problem = await answer.json(); } catch { /* not every proxy speaks JSON */ }
    throw new Refused(answer.status, problem.detail || problem.title || `The hub answered ${answer.status}.`);
  }
  return answer.status === 204 ? null : answer.json();
}

const query = (values) => {
  const given = Object.entries(values).filter(([, value]) => value !== null && value !== undefined && value !== '');
  return given.length ? `?${new URLSearchParams(given)}` : '';
};

const post = (path, body) => ask(path, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });
const log = (kind) => (kind === 'dead-letters' ? '/api/events/dead-letters' : '/api/events');

export const api = {
  // Null when nobody is logged in.
  async session() {
    try {
      return await ask('/api/session');
    } catch (failure) {
      if (failure.status === 401 || failure.status === 403) return null;
      throw failure;
    }
  },
  logIn: (key) => post('/api/session', { key }),
  logOut: () => ask('/api/session', { method: 'DELETE' }),
  mode: () => ask('/api/metrics/mode'),
  locations: () => ask('/api/metrics/locations'),
  conversation: (id, locationId) => ask(`/api/conversations/${encodeURIComponent(id)}${query({ locationId })}`),
  log: (kind, values) => ask(`${log(kind)}${query(values)}`),
  logEntry: (kind, id) => ask(`${log(kind)}/${encodeURIComponent(id)}`),
  replay: (kind, wish) => post(`${log(kind)}/replay`, wish),
  dismiss: (id) => ask(`/api/events/dead-letters/${encodeURIComponent(id)}/dismiss`, { method: 'POST' }),
  replayState: (id) => ask(`/api/events/replays/${encodeURIComponent(id)}`),
  replays: () => ask('/api/events/replays'),
  keys: () => ask('/api/keys'),
  audit: () => ask('/api/events/audit'),
  liveAddress: (view) => `/api/metrics/live${query(view)}`,
};
