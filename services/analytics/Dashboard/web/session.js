const ROLES = ['viewer', 'operator', 'admin'];

export const roleOf = (session) => (typeof session.role === 'number' ? ROLES[session.role] : String(session.role).toLowerCase());
