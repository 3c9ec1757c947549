import { h, show, empty, skeleton, reconcile } from './dom.js';
import { ago, count, dateAndTime, money, words } from './format.js';

const ALERT = {
  missed_messages: (n) => `${n} lost webhooks made up for by reading the conversations`,
  sent_twice: (n) => `audit: ${n} replies are in HighLevel twice`,
  not_ours: (n) => `audit: ${n} messages were sent through the API by somebody else`,
  not_listed: (n) => `audit: ${n} sent replies are not in HighLevel`,
};

// What each fact says in a line: [tone, text].
const SAY = {
  message: (one) => ['in', one.outcome === 'opt_out' ? 'asked to stop' : one.outcome === 'late' ? 'wrote long ago; kept as history' : `wrote by ${one.reason}`],
  turn: (one) => ['think', one.outcome === 'send' ? `reply decided (${money(one.amount)})`
    : one.outcome === 'hand_over' ? `handed over: ${words(one.reason).toLowerCase()}` : `kept silent: ${words(one.reason).toLowerCase()}`],
  reply: (one) => [one.outcome === 'sent' ? 'ok' : one.outcome === 'held' || one.outcome === 'failed' ? 'bad' : 'dim',
    one.outcome === 'sent' ? 'got the reply' : `reply ${one.outcome}: ${words(one.reason).toLowerCase()}`],
  crm: (one) => [one.outcome === 'done' ? 'dim' : 'bad', `${words(one.reason).toLowerCase()}: ${one.outcome}`],
  score: (one) => ['score-line', `scored ${count(one.amount)}`],
  opt_out: (one) => [one.outcome === 'out' ? 'bad' : 'ok', one.outcome === 'out' ? 'opted out' : 'opted in again'],
  outbound: (one) => ['dim', one.outcome === 'person' ? 'a person of the team wrote' : 'an automation wrote'],
  contact: (one) => ['dim', `contact ${one.outcome === 'dnd' ? 'changed do-not-disturb' : one.outcome}`],
  record: (one) => ['dim', `${words(one.reason).toLowerCase()} ${words(one.outcome).toLowerCase()}`],
  location: (one) => ['dim', `location ${words(one.outcome).toLowerCase()}`],
  alert: (one) => ['bad', (ALERT[one.outcome] ?? ((n) => `${words(one.outcome).toLowerCase()}: ${n}`))(count(one.amount))],
};

export function activity(open) {
  const list = h('ol', { class: 'feed', role: 'log', 'aria-label': 'Activity', hidden: true });
  const rest = h('div', {}, skeleton(6));
  return {
    element: h('section', { class: 'card panel grow', 'aria-labelledby': 'activity-title' },
      h('div', { class: 'panel-head' }, h('h2', { id: 'activity-title' }, 'Activity')), list, rest),
    show(lines) {
      list.hidden = lines.length === 0;
      show(rest, lines.length === 0 ? empty('Nothing has happened yet', 'Messages, decisions, deliveries and scores appear here as they come.') : null);
      reconcile(list, lines, (one) => one.id, (one) => {
        const [tone, text] = (SAY[one.kind] ?? (() => ['dim', words(one.kind)]))(one);
        return h('li', { class: tone },
          h('i', { 'aria-hidden': 'true' }),
          h('span', {}, one.contactId
            ? h('button', { type: 'button', class: 'who', onclick: () => open(one.contactId, one.locationId) }, one.contactId)
            : h('b', {}, one.locationId), ` ${text}`),
          h('time', { datetime: new Date(one.at).toISOString(), title: dateAndTime(one.at), 'data-at': one.at }, ago(one.at)));
      });
    },
    tick() {
      for (const time of list.querySelectorAll('time')) time.textContent = ago(Number(time.dataset.at));
    },
  };
}
