// The board: header, notices and panels; one live stream feeds them all.
import { api } from './api.js';
import { h, show } from './dom.js';
import { midnight, timeToSecond } from './format.js';
import { listen } from './live.js';
import { tiles } from './tiles.js';
import { chart } from './chart.js';
import { latency } from './latency.js';
import { leads } from './leads.js';
import { replies } from './replies.js';
import { activity } from './activity.js';
import { conversation } from './conversation.js';
import { roleOf } from './session.js';

const WINDOWS = [['15m', '15 min'], ['1h', '1 h'], ['6h', '6 h'], ['24h', '24 h']];

export function board(session, loggedOut) {
  const asked = new URLSearchParams(location.search);
  const view = {
    locationId: session.locationId ?? asked.get('location') ?? '',
    window: WINDOWS.some(([value]) => value === asked.get('window')) ? asked.get('window') : '15m',
    temperature: '',
    dayStart: midnight(),
  };
  let stop = () => {};
  let newest = null;

  const detail = conversation();
  const parts = {
    tiles: tiles(), chart: chart(), latency: latency(), replies: replies(), activity: activity(openContact),
    leads: leads(openLead, (temperature) => { view.temperature = temperature; restart(); }),
  };

  const state = h('span', { class: 'state connecting', role: 'status' }, h('i', { 'aria-hidden': 'true' }), h('span', {}, 'Connecting'));
  const lost = h('p', { class: 'offline', role: 'alert', hidden: true });
  const banner = h('div', {});
  const place = h('select', { 'aria-label': 'Location', onchange: (event) => { view.locationId = event.target.value; restart(); } });
  const windows = h('div', { class: 'segments', role: 'group', 'aria-label': 'Time window' },
    WINDOWS.map(([value, label]) => h('button', {
      type: 'button', 'data-window': value, 'aria-pressed': String(value === view.window),
      onclick: () => { view.window = value; restart(); },
    }, label)));
  const role = roleOf(session);

  const element = h('div', { class: 'board' },
    h('a', { class: 'skip', href: '#leads' }, 'Skip to the leads'),
    h('header', {},
      h('div', { class: 'brand' },
        h('img', { src: '/dashboard/icon.svg', alt: '', width: '28', height: '28' }), h('h1', {}, 'EnterpriseHub'), state),
      h('div', { class: 'controls' },
        place, windows, role !== 'viewer' && h('a', { class: 'button', href: '#events' }, 'Event log'),
        h('button', { type: 'button', class: 'quiet', title: `Logged in as ${role}`, onclick: leave }, 'Log out'))),
    h('main', {}, banner, lost, parts.tiles.element,
      h('div', { class: 'columns' },
        h('div', { class: 'column' }, parts.leads.element, parts.chart.element, parts.replies.element),
        h('div', { class: 'column' }, parts.latency.element, parts.activity.element))),
    h('footer', {}, 'Every figure is a query over recorded facts. Times are your own.'),
    detail.element);

  function openLead(lead) { detail.open(lead); }
  function openContact(contactId, locationId) {
    const known = parts.leads.find(contactId, locationId);
    if (known) detail.open(known);
  }

  async function leave() {
    stop();
    try { await api.logOut(); } catch { /* the form is the right place either way */ }
    loggedOut();
  }

  function onState(next) {
    const text = { live: 'Live', connecting: 'Connecting', lost: 'Reconnecting' }[next];
    if (!state.classList.contains(next)) {
      state.className = `state ${next}`;
      state.lastChild.textContent = text;
    }
    lost.hidden = next !== 'lost';
    lost.textContent = next === 'lost'
      ? `The connection is lost${newest ? `; the figures are from ${timeToSecond(newest)}` : ''}. Trying again by itself.` : '';
    element.classList.toggle('stale', next === 'lost');
  }

  function onPart(name, data) {
    newest = Date.now();
    if (name === 'leads') parts.leads.show(data, view);
    else if (name === 'activity') parts.activity.show(data, view);
    else {
      parts.tiles.show(data);
      parts.chart.show(data);
      parts.latency.show(data);
      parts.replies.show(data);
    }
  }

  function restart() {
    stop();
    view.dayStart = midnight();
    for (const button of windows.children) button.setAttribute('aria-pressed', String(button.dataset.window === view.window));
    const address = new URLSearchParams({ ...(view.locationId && !session.locationId ? { location: view.locationId } : {}), window: view.window });
    history.replaceState(null, '', `?${address}${location.hash}`);
    stop = listen(api.liveAddress(view), { onPart, onState, onLoggedOut: loggedOut });
  }

  async function showMode() {
    const mode = await api.mode();
    if (!mode.simulated) return;
    show(banner, h('details', { class: 'simulated' },
      h('summary', {}, h('strong', {}, 'Simulated GHL and Claude.'), ' No lead is real, nothing is sent. ', h('span', { class: 'link' }, 'Go live')),
      h('dl', {}, mode.goLive.map((setting) => [h('dt', {}, h('code', {}, setting.key)), h('dd', {}, setting.meaning)]))));
  }

  async function showLocations() {
    const known = await api.locations();
    const options = known.map((one) => h('option', { value: one.locationId }, one.name ? `${one.name}` : one.locationId));
    if (view.locationId && !known.some((one) => one.locationId === view.locationId)) {
      options.push(h('option', { value: view.locationId }, view.locationId));
    }
    show(place, session.locationId ? null : h('option', { value: '' }, 'All locations'), options);
    place.value = view.locationId;
  }

  // The reader's day ends at midnight: figures of "today" begin anew.
  const tick = setInterval(() => {
    if (midnight() !== view.dayStart) restart();
    if (document.activeElement !== place) showLocations().catch(() => {});
    parts.leads.tick();
    parts.activity.tick();
  }, 30_000);

  return {
    element,
    begin() {
      showMode().catch(() => {});
      showLocations().catch(() => {});
      restart();
    },
    close() {
      clearInterval(tick);
      stop();
    },
  };
}
