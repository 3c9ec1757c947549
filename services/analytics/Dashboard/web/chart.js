// Messages as bars, replies as a line, drawn at the panel's true width so that letters keep their size.
import { h, s, show, empty, skeleton } from './dom.js';
import { count, timeOfDay } from './format.js';

const HEIGHT = 190;
const EDGE = { left: 34, right: 8, top: 10, bottom: 24 };

export function chart() {
  const body = h('div', { class: 'chart' }, skeleton(5));
  const title = h('h2', {}, 'Messages and replies');
  let series = null;

  function niceTop(most) {
    const scale = 10 ** Math.floor(Math.log10(Math.max(1, most)));
    return [1, 2, 4, 5, 10].map((step) => step * scale).find((top) => top >= most && top >= 4) ?? 4;
  }

  function draw() {
    if (!series) return;
    const messages = series.reduce((sum, one) => sum + one.messages, 0);
    const replies = series.reduce((sum, one) => sum + one.replies, 0);
    if (messages + replies === 0) {
      show(body, empty('Quiet so far', 'No message in this window. When a lead writes, it shows here within a second.'));
      return;
    }
    const width = Math.max(240, body.clientWidth);
    const inner = { width: width - EDGE.left - EDGE.right, height: HEIGHT - EDGE.top - EDGE.bottom };
    const top = niceTop(Math.max(...series.map((one) => Math.max(one.messages, one.replies))));
    const step = inner.width / series.length;
    const x = (index) => EDGE.left + step * index;
    const y = (value) => EDGE.top + inner.height * (1 - value / top);
    const bar = Math.max(2, Math.min(26, step * 0.62));
    const every = Math.ceil(series.length / Math.max(2, Math.floor(inner.width / 74)));
    const at = (index) => `${(x(index) + step / 2).toFixed(1)} ${y(series[index].replies).toFixed(1)}`;
    const last = series.length - 1;
    const line = series.slice(0, last).map((_, index) => `${index ? 'L' : 'M'}${at(index)}`).join('');
    show(body, s('svg', {
      width, height: HEIGHT, viewBox: `0 0 ${width} ${HEIGHT}`, role: 'img',
      'aria-label': `${count(messages)} messages and ${count(replies)} replies from ${timeOfDay(series[0].at)} to now`,
    },
      [0, 0.5, 1].map((share) => s('g', { class: 'grid' },
        s('line', { x1: EDGE.left, x2: width - EDGE.right, y1: y(top * share), y2: y(top * share) }),
        s('text', { x: EDGE.left - 8, y: y(top * share) + 4, 'text-anchor': 'end' }, count(top * share)))),
      series.map((one, index) => s('g', { class: 'slot' },
        s('title', {}, `${timeOfDay(one.at)}: ${count(one.messages)} messages, ${count(one.replies)} replies`),
        s('rect', { class: 'hit', x: x(index), y: EDGE.top, width: step, height: inner.height }),
        one.messages > 0 && s('rect', {
          class: 'bar', x: x(index) + (step - bar) / 2, y: y(one.messages), width: bar, height: EDGE.top + inner.height - y(one.messages), rx: Math.min(3, bar / 3),
        }),
        index % every === 0 && s('text', { class: 'tick', x: x(index) + step / 2, y: HEIGHT - 6, 'text-anchor': 'middle' }, timeOfDay(one.at)))),
      s('path', { class: 'line', d: line }),
      // The running minute is not over: its value is not yet a fall.
      last > 0 && s('path', { class: 'line now', d: `M${at(last - 1)}L${at(last)}` }),
      series.map((one, index) => one.replies > 0 && series.length <= 31 && s('circle', { class: 'dot', cx: x(index) + step / 2, cy: y(one.replies), r: 3 }))));
  }

  new ResizeObserver(draw).observe(body);
  return {
    element: h('section', { class: 'card panel', 'aria-labelledby': 'chart-title' },
      h('div', { class: 'panel-head' }, Object.assign(title, { id: 'chart-title' }),
        h('ul', { class: 'legend', 'aria-hidden': 'true' }, h('li', { class: 'messages' }, 'Messages'), h('li', { class: 'replies' }, 'Replies'))),
      body),
    show(summary) {
      const next = JSON.stringify(summary.series);
      if (series && JSON.stringify(series) === next) return;
      series = summary.series;
      const minutes = series[0]?.minutes ?? 1;
      title.textContent = minutes === 1 ? 'Messages and replies a minute' : `Messages and replies per ${minutes} minutes`;
      draw();
    },
  };
}
