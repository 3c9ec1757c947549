// The drawer of one event or dead letter: its facts and its body.
import { api } from './api.js';
import { h, show, skeleton, badge } from './dom.js';
import { dateAndTime, words } from './format.js';

const TIMES = new Set(['receivedAt', 'acceptedAt', 'settledAt', 'firstFailedAt', 'failedAt', 'updatedAt']);

const value = (name, given) => (TIMES.has(name) ? (given > 0 ? dateAndTime(given) : 'not yet') : String(given));
const facts = (row) => h('dl', { class: 'facts' }, Object.entries(row)
  .filter(([, given]) => given !== null && given !== '')
  .map(([name, given]) => h('div', {}, h('dt', {}, words(name)), h('dd', {}, value(name, given)))));

function pretty(found) {
  if (found.raw === null || found.raw === undefined) return found.redacted === null ? '(not JSON; hidden)' : JSON.stringify(found.redacted, null, 2);
  try { return JSON.stringify(JSON.parse(found.raw), null, 2); } catch { return found.raw; }
}

export function eventDetail({ mayReplay, replay, changed }) {
  const head = h('div', { class: 'drawer-title' });
  const body = h('div', { class: 'drawer-body' });
  const element = h('dialog', { class: 'drawer', 'aria-label': 'Event' },
    h('div', { class: 'drawer-head' }, head, h('button', { type: 'button', class: 'quiet close', 'aria-label': 'Close', onclick: () => element.close() }, '✕')), body);
  element.addEventListener('click', (event) => { if (event.target === element) element.close(); });
  let asked = 0;

  const trouble = (title, failure, again) => h('div', { class: 'empty error', role: 'alert' }, h('p', { class: 'empty-title' }, title), h('p', {}, failure.message),
    h('button', { type: 'button', onclick: again }, 'Try again'));

  async function dismiss(id, place) {
    try {
      await api.dismiss(id);
      element.close();
      changed();
    } catch (failure) {
      show(place, trouble('It was not dismissed', failure, () => dismiss(id, place)));
    }
  }

  async function load(kind, id) {
    const mine = (asked += 1);
    show(body, skeleton(8));
    try {
      const found = await api.logEntry(kind, id);
      if (mine !== asked) return;
      const row = found.event ?? found.deadLetter;
      const said = h('div', {});
      const again = () => { element.close(); replay(kind, { ids: [id] }, 1); };
      show(body,
        mayReplay && h('div', { class: 'log-acts' },
          h('button', { type: 'button', disabled: kind === 'dead-letters' && row.status !== 'open', onclick: again }, 'Replay'),
          kind === 'dead-letters' && row.status === 'open' && h('button', { type: 'button', class: 'quiet', onclick: () => dismiss(id, said) }, 'Dismiss')),
        said,
        h('h3', {}, 'Facts'), facts(row),
        h('h3', {}, 'Body', found.raw ? h('small', {}, 'As it came; your reading is noted') : h('small', {}, 'Without texts, names and numbers')),
        h('pre', { class: 'json', tabindex: '0' }, pretty(found)));
    } catch (failure) {
      if (mine === asked) show(body, trouble('It could not be loaded', failure, () => load(kind, id)));
    }
  }

  return {
    element,
    open(kind, row) {
      show(head, h('div', {}, h('h2', {}, row.type ?? (row.messageType || '(unreadable)')), h('p', { class: 'lead-line' }, badge(words(row.status), row.status === 'open' ? 'failed' : ''))));
      body.scrollTop = 0;
      element.showModal();
      load(kind, row.eventId ?? row.letterId);
    },
  };
}
