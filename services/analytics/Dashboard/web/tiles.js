import { h } from './dom.js';
import { count, duration, money } from './format.js';

function tile(label) {
  const value = h('p', { class: 'value' }, '–');
  const note = h('p', { class: 'note' }, '\u00a0');
  const element = h('div', { class: 'tile card loading' }, h('h2', {}, label), value, note);
  return {
    element,
    set(text, small, tone = '') {
      if (value.textContent !== text && !element.classList.contains('loading')) {
        element.classList.remove('changed');
        void element.offsetWidth;
        element.classList.add('changed');
      }
      element.classList.remove('loading', 'warn', 'calm');
      if (tone) element.classList.add(tone);
      value.textContent = text;
      note.textContent = small;
    },
  };
}

export function tiles() {
  const all = {
    messages: tile('Messages'), replies: tile('Replies sent'), open: tile('Waiting / held'),
    speed: tile('Reply time'), cost: tile('Cost today'), optOuts: tile('Opt-outs today'),
  };
  for (const [name, one] of Object.entries(all)) one.element.dataset.tile = name;
  return {
    element: h('section', { class: 'tiles', 'aria-label': 'Key figures' }, Object.values(all).map((one) => one.element)),
    show(summary) {
      const { window, today } = summary;
      const end = summary.path.find((one) => one.name === 'end_to_end');
      all.messages.set(count(window.messages), `${count(today.messages)} today`);
      all.replies.set(count(window.replies), `${count(today.replies)} today`);
      all.open.set(`${count(summary.waiting)} / ${count(summary.held)}`,
        summary.held > 0 ? `${count(summary.held)} held for a person` : 'nothing needs a person', summary.held > 0 ? 'warn' : 'calm');
      all.speed.set(end ? duration(end.p50) : '–', end ? `median; P95 ${duration(end.p95)}` : 'no reply in this window');
      all.cost.set(money(today.costMicroUsd), today.turns > 0 ? `${money(Math.round(today.costMicroUsd / today.turns))} a turn` : 'no turn yet');
      all.optOuts.set(count(today.optOuts), `${count(window.optOuts)} in this window`);
    },
  };
}
