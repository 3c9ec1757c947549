import { h, show, empty, skeleton, reconcile, badge } from './dom.js';
import { ago, count, dateAndTime, points, words } from './format.js';

const FIRST = 8;
const FILTERS = [['', 'All'], ['hot', 'Hot'], ['warm', 'Warm'], ['cold', 'Cold']];
export const STATES = { needs_person: ['Needs a person', 'alert'], with_person: ['With a person', 'person'], opted_out: ['Opted out', 'out'] };

export const scoreMark = (lead) => h('span', {
  class: `score ${lead.state === 'opted_out' ? 'none' : lead.temperature}`, vars: { '--score': lead.score ?? 0 },
}, h('b', {}, lead.score === null || lead.score === undefined ? '–' : count(lead.score)));

export function leads(open, filter) {
  const list = h('ol', { class: 'leads', hidden: true });
  const rest = h('div', {}, skeleton(6));
  const chips = h('div', { class: 'segments small', role: 'group', 'aria-label': 'Temperature' }, FILTERS.map(([value, label]) => h('button', {
    type: 'button', 'aria-pressed': String(value === ''), 'data-temperature': value,
    onclick: () => {
      for (const chip of chips.children) chip.setAttribute('aria-pressed', String(chip.dataset.temperature === value));
      filter(value);
    },
  }, label)));
  let known = [];
  let all = false;
  const more = h('button', { type: 'button', class: 'more', hidden: true, onclick: () => { all = !all; draw(); } });

  function draw() {
    reconcile(list, all ? known : known.slice(0, FIRST), (lead) => `${lead.locationId}/${lead.contactId}`, row);
    more.hidden = known.length <= FIRST;
    more.textContent = all ? `Show the first ${FIRST}` : `Show all ${count(known.length)}`;
  }

  const row = (lead) => h('li', {}, h('button', {
    type: 'button', class: 'lead', onclick: () => open(lead),
    'aria-label': `Lead ${lead.contactId}, score ${lead.score ?? 'none'}, ${lead.temperature} ${lead.mode}`,
  },
    scoreMark(lead),
    h('span', { class: 'lead-main' },
      h('span', { class: 'lead-line' },
        h('span', { class: 'id' }, lead.contactId), badge(words(lead.temperature), lead.temperature), badge(words(lead.mode)),
        STATES[lead.state] && badge(...STATES[lead.state])),
      h('span', { class: 'reasons' }, lead.reasons.slice(0, 3).map((reason) =>
        h('span', { class: reason.points < 0 ? 'minus' : 'plus' }, h('b', {}, points(reason.points)), ` ${words(reason.factor).toLowerCase()}`)))),
    lead.lastAt > 0 && h('time', { datetime: new Date(lead.lastAt).toISOString(), title: dateAndTime(lead.lastAt), 'data-at': lead.lastAt }, ago(lead.lastAt))));

  return {
    element: h('section', { class: 'card panel grow', id: 'leads', tabindex: '-1', 'aria-labelledby': 'leads-title' },
      h('div', { class: 'panel-head' }, h('h2', { id: 'leads-title' }, 'Leads by score'), chips), list, more, rest),
    find: (contactId, locationId) => known.find((lead) => lead.contactId === contactId && lead.locationId === locationId),
    show(found, view) {
      known = found;
      list.hidden = found.length === 0;
      show(rest, found.length > 0 ? null
        : view.temperature ? empty(`No ${view.temperature} lead`, 'Leads change their temperature as they answer questions.')
          : empty('No lead has written yet', 'Leads are ranked here by score, with the reasons, as soon as they write.'));
      draw();
    },
    tick() {
      for (const time of list.querySelectorAll('time')) time.textContent = ago(Number(time.dataset.at));
    },
  };
}
