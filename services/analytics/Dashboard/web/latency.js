import { h, show, empty, skeleton } from './dom.js';
import { count, duration, words } from './format.js';

const NAMES = { acknowledge: 'Webhook stored', decide: 'Reply decided', end_to_end: 'Reply delivered' };

export function latency() {
  const body = h('div', {}, skeleton(6));

  function bar(one, longest) {
    const share = (ms) => `${Math.min(100, (100 * ms) / longest).toFixed(1)}%`;
    return h('span', { class: 'range', 'aria-hidden': 'true', vars: { '--p50': share(one.p50), '--p95': share(one.p95), '--p99': share(one.p99) } },
      h('i', { class: 'p99' }), h('i', { class: 'p95' }), h('i', { class: 'p50' }));
  }

  function rows(list, longest) {
    return list.map((one) => h('tr', {},
      h('th', { scope: 'row' }, NAMES[one.name] ?? words(one.name),
        h('small', {}, `${count(one.count)}×`, one.notOk > 0 ? h('span', { class: 'notok' }, ` ${count(one.notOk)} not ok`) : null)),
      h('td', { class: 'bar-cell' }, bar(one, longest)),
      h('td', {}, duration(one.p50)), h('td', {}, duration(one.p95)), h('td', {}, duration(one.p99))));
  }

  return {
    element: h('section', { class: 'card panel', 'aria-labelledby': 'latency-title' },
      h('div', { class: 'panel-head' }, h('h2', { id: 'latency-title' }, 'How long each step takes')), body),
    show(summary) {
      if (summary.path.length + summary.steps.length === 0) {
        show(body, empty('Nothing measured yet', 'Each message adds its steps here: analysis, draft, delivery and the rest.'));
        return;
      }
      const order = Object.keys(NAMES);
      const path = [...summary.path].sort((a, b) => order.indexOf(a.name) - order.indexOf(b.name));
      const longest = (list) => Math.max(...list.map((one) => one.p99), 1);
      show(body, h('table', { class: 'latency' },
        h('thead', {}, h('tr', {}, h('th', { scope: 'col' }, 'Since the message arrived'), h('th', { class: 'bar-cell', 'aria-hidden': 'true' }),
          ['P50', 'P95', 'P99'].map((name) => h('th', { scope: 'col' }, name)))),
        h('tbody', {}, rows(path, longest(path))),
        summary.steps.length > 0 && h('tbody', {},
          h('tr', { class: 'group' }, h('th', { colspan: '5', scope: 'colgroup' }, 'Steps of a turn')), rows(summary.steps, longest(summary.steps)))));
    },
  };
}
