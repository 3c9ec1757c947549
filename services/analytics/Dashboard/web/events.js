// The event log: what HighLevel sent, what could not be taken, and who replayed what.
import { api } from './api.js';
import { h, show } from './dom.js';
import { roleOf } from './session.js';
import { eventList } from './eventlist.js';
import { eventDetail } from './eventdetail.js';
import { confirmReplay, history, progress } from './replays.js';

const TABS = [['events', 'Events'], ['dead-letters', 'Dead letters'], ['history', 'History']];

export const isEvents = (hash) => hash === '#events' || hash.startsWith('#events/');

export function events(session, loggedOut) {
  const role = roleOf(session);
  const mayReplay = role === 'admin';
  const place = h('div', {});
  const moving = progress(() => current?.reload?.());
  const asking = confirmReplay();
  const detail = eventDetail({ mayReplay, replay, changed: () => current?.reload?.() });
  let current = null;

  const tabs = h('nav', { class: 'segments', 'aria-label': 'Parts of the log' }, TABS.map(([kind, label]) =>
    h('a', { href: kind === 'events' ? '#events' : `#events/${kind}`, 'data-tab': kind }, label)));
  const element = h('div', { class: 'board' },
    h('header', { class: 'log-head' },
      h('div', { class: 'brand' },
        h('img', { src: '/dashboard/icon.svg', alt: '', width: '28', height: '28' }), h('h1', {}, 'Event log')),
      tabs,
      h('div', { class: 'leave' },
        h('a', { class: 'button', href: '#' }, 'Dashboard'),
        h('button', { type: 'button', class: 'quiet', title: `Logged in as ${role}`, onclick: leave }, 'Log out'))),
    h('main', {}, moving.element, place),
    h('footer', {}, mayReplay
      ? 'You see bodies as they came; each one you open is noted in the history.'
      : 'Texts, names and numbers are hidden from your role; an admin can replay.'),
    detail.element, asking.element);

  async function leave() {
    try { await api.logOut(); } catch { /* the form is the right place either way */ }
    loggedOut();
  }

  // A wish is { ids } or { filter, limit }; how many it means is only known for ids.
  async function replay(kind, wish, many) {
    if (!await asking.ask(kind, many)) return;
    moving.begin(() => api.replay(kind, wish));
  }

  function open() {
    const kind = TABS.map(([known]) => known).find((known) => location.hash === `#events/${known}`) ?? 'events';
    for (const tab of tabs.children) {
      if (tab.dataset.tab === kind) tab.setAttribute('aria-current', 'page');
      else tab.removeAttribute('aria-current');
    }
    if (role === 'viewer') {
      show(place, h('section', { class: 'card panel' }, h('div', { class: 'empty' },
        h('p', { class: 'empty-title' }, 'Your key may not see the event log'), h('p', {}, 'Ask an admin for a key with the role operator.'))));
      return;
    }
    current = kind === 'history' ? history(mayReplay) : eventList(kind, { session, mayReplay, replay, open: (entry) => detail.open(kind, entry), loggedOut });
    show(place, current.element);
    current.reload();
  }

  const turned = () => { if (isEvents(location.hash)) open(); };
  return {
    element,
    begin() {
      window.addEventListener('hashchange', turned);
      open();
    },
    close() {
      window.removeEventListener('hashchange', turned);
      moving.close();
    },
  };
}
