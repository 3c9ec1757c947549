import { h, show, empty, skeleton } from './dom.js';
import { count, words } from './format.js';

const ORDER = ['sent', 'superseded', 'suppressed', 'held', 'failed'];
const MEANING = {
  sent: 'delivered once', superseded: 'a newer message came first', suppressed: 'not allowed to go out',
  held: 'a person must look', failed: 'refused by GHL',
};

export function replies() {
  const body = h('div', {}, skeleton(3));
  return {
    element: h('section', { class: 'card panel', 'aria-labelledby': 'replies-title' },
      h('div', { class: 'panel-head' }, h('h2', { id: 'replies-title' }, 'Replies by state')), body),
    show(summary) {
      const all = summary.replies.reduce((sum, one) => sum + one.count, 0);
      if (all === 0) {
        show(body, empty('No reply in this window', 'Replies appear here by how they ended, with the reason.'));
        return;
      }
      const states = ORDER.map((state) => ({ state, rows: summary.replies.filter((one) => one.outcome === state) })).filter((one) => one.rows.length);
      const sum = (rows) => rows.reduce((total, one) => total + one.count, 0);
      show(body,
        h('div', { class: 'stack', 'aria-hidden': 'true' }, states.map((one) => h('i', { class: one.state, vars: { '--share': `${(100 * sum(one.rows)) / all}%` } }))),
        h('ul', { class: 'states' }, states.map((one) => h('li', {},
          h('div', { class: 'state-line' },
            h('i', { class: `swatch ${one.state}`, 'aria-hidden': 'true' }), h('span', {}, words(one.state), h('small', {}, MEANING[one.state])),
            h('b', {}, count(sum(one.rows)))),
          one.rows.filter((row) => row.reason).map((row) => h('div', { class: 'reason-line' }, h('span', {}, words(row.reason)), h('span', {}, count(row.count))))))));
    },
  };
}
