// One of the two logs as a table: filters, pages, selection.
import { api } from './api.js';
import { h, show, empty, skeleton, badge } from './dom.js';
import { ago, count, dateAndTime, words } from './format.js';

const KINDS = {
  events: {
    name: 'events', rows: (page) => page.events, id: (row) => row.eventId, at: (row) => row.receivedAt,
    statuses: ['accepted', 'parked', 'ignored', 'unknown_type', 'unknown_location', 'inactive_location'],
    fields: [['type', 'Type', 'InboundMessage'], ['contactId', 'Contact', ''], ['conversationId', 'Conversation', '']],
    heads: ['Type', 'Status', 'Contact', 'Location', 'Came'],
    title: (row) => row.type,
    chip: (row) => (row.status === 'accepted' && row.settledAt === 0 ? ['Waiting', 'warm'] : [words(row.status), row.status === 'accepted' ? 'sent' : row.status === 'parked' ? 'held' : '']),
    cells: (row) => [row.contactId ?? '–', row.locationId || '–'],
    none: ['No event yet', 'Everything that HighLevel sends appears here, also what could not be used.'],
  },
  'dead-letters': {
    name: 'dead letters', rows: (page) => page.deadLetters, id: (row) => row.letterId, at: (row) => row.failedAt,
    statuses: ['open', 'replayed', 'dismissed'],
    fields: [['type', 'Message', 'SendReply'], ['queue', 'Queue', ''], ['failure', 'Failure', 'PostgresException']],
    heads: ['Message', 'Status', 'Queue', 'Failure', 'Failed'],
    title: (row) => row.messageType || '(unreadable)',
    chip: (row) => [row.failures > 1 ? `${words(row.status)}, ${count(row.failures)} times` : words(row.status), row.status === 'open' ? 'failed' : row.status === 'replayed' ? 'sent' : ''],
    cells: (row) => [row.queue, row.failure],
    none: ['No dead letter', 'A message that one of our services gave up would be here, to be looked at and replayed.'],
  },
};

export function eventList(kind, { session, mayReplay, replay, open, loggedOut }) {
  const look = KINDS[kind];
  const chosen = new Set();
  let filter = {};
  let newest = 0;

  const status = h('select', { name: 'status' }, h('option', { value: '' }, 'Every status'), look.statuses.map((one) => h('option', { value: one }, words(one))));
  const form = h('form', { class: 'filters', 'aria-label': 'Filter', onsubmit: (event) => { event.preventDefault(); apply(); } },
    h('label', {}, h('span', {}, 'Status'), status), look.fields.map(([name, label, example]) => field(name, label, { placeholder: example })),
    !session.locationId && field('locationId', 'Location'),
    field('from', 'From', { type: 'datetime-local' }), field('to', 'To', { type: 'datetime-local' }),
    h('div', { class: 'filter-buttons' }, h('button', { type: 'submit' }, 'Filter'), h('button', { type: 'reset', class: 'quiet', onclick: () => setTimeout(apply) }, 'Clear')));
  status.addEventListener('change', apply);

  // On a phone the filters would push the list off the screen.
  const wide = matchMedia('(min-width: 721px)');
  const filters = h('details', { class: 'filter-box', open: wide.matches }, h('summary', {}, 'Filter'), form);
  wide.addEventListener('change', () => { filters.open = wide.matches; });

  const all = h('input', { type: 'checkbox', 'aria-label': 'Select all on this page', onchange: () => {
    for (const box of body.querySelectorAll('input')) { box.checked = all.checked; pick(box.value, all.checked); }
  } });
  const body = h('tbody', {});
  const table = h('table', { class: 'log', hidden: true },
    h('thead', {}, h('tr', {}, mayReplay && h('th', { class: 'pick' }, all), look.heads.map((head) => h('th', {}, head)))), body);
  const rest = h('div', {});
  const selected = h('span', { class: 'muted', role: 'status' });
  const some = h('button', { type: 'button', disabled: true, onclick: () => replay(kind, { ids: [...chosen] }, chosen.size) }, 'Replay selected');
  const every = h('button', { type: 'button', onclick: () => replay(kind, { filter, limit: 10_000 }, null) }, 'Replay all matching');
  const newer = h('button', { type: 'button', disabled: true }, 'Newer');
  const older = h('button', { type: 'button', disabled: true }, 'Older');
  const element = h('section', { class: 'card panel', 'aria-label': words(look.name) }, filters,
    h('div', { class: 'log-bar' },
      mayReplay && h('div', { class: 'log-acts' }, some, every, selected),
      h('button', { type: 'button', class: 'quiet', onclick: () => load({}) }, 'Refresh')),
    table, rest, h('div', { class: 'pages' }, newer, older));

  function field(name, label, more = {}) {
    return h('label', {}, h('span', {}, label), h('input', { name, type: 'text', autocomplete: 'off', spellcheck: 'false', ...more }));
  }

  function apply() {
    filter = {};
    for (const [name, value] of new FormData(form)) {
      if (value.trim()) filter[name] = name === 'from' || name === 'to' ? new Date(value).toISOString() : value.trim();
    }
    load({});
  }

  function pick(id, on) {
    if (on) chosen.add(id); else chosen.delete(id);
    some.disabled = chosen.size === 0;
    selected.textContent = chosen.size > 0 ? `${count(chosen.size)} selected` : '';
  }

  function line(row) {
    const id = look.id(row);
    const [text, tone] = look.chip(row);
    const cells = look.cells(row);
    return h('tr', {},
      mayReplay && h('td', { class: 'pick' }, h('input', { type: 'checkbox', value: id, 'aria-label': `Select ${look.title(row)}`, onchange: (event) => pick(id, event.target.checked) })),
      h('td', { class: 'what' }, h('button', { type: 'button', class: 'plain', onclick: () => open(row) }, look.title(row))),
      h('td', { class: 'how' }, badge(text, tone)),
      cells.map((cell, index) => h('td', { 'data-label': look.heads[index + 2] }, cell)),
      h('td', { class: 'when' }, h('time', { datetime: new Date(look.at(row)).toISOString(), title: dateAndTime(look.at(row)) }, ago(look.at(row)))));
  }

  async function load(cursor) {
    const mine = (newest += 1);
    chosen.clear();
    pick('', false);
    all.checked = false;
    if (table.hidden) show(rest, skeleton(8));
    table.setAttribute('aria-busy', 'true');
    try {
      const page = await api.log(kind, { ...filter, ...cursor, limit: 50 });
      if (mine !== newest) return;
      const rows = look.rows(page).toReversed();
      show(body, rows.map(line));
      table.hidden = rows.length === 0;
      show(rest, rows.length > 0 ? null : Object.keys(filter).length > 0 ? empty(`No ${look.name} match`, 'Widen or clear the filter.') : empty(...look.none));
      every.disabled = rows.length === 0;
      // The page tells of more only in the direction of reading; behind it lies where we came from.
      const cameUp = cursor.after !== undefined;
      newer.disabled = cameUp ? !page.more : cursor.before === undefined;
      older.disabled = cameUp ? false : !page.more;
      newer.onclick = () => load({ after: page.next });
      older.onclick = () => load({ before: page.previous });
    } catch (failure) {
      if (mine !== newest) return;
      if (failure.status === 401) { loggedOut(); return; }
      table.hidden = true;
      show(rest, h('div', { class: 'empty error' }, h('p', { class: 'empty-title' }, `The ${look.name} could not be loaded`), h('p', {}, failure.message),
        h('button', { type: 'button', onclick: () => load(cursor) }, 'Try again')));
    } finally {
      table.removeAttribute('aria-busy');
    }
  }

  return { element, reload: () => load({}) };
}
