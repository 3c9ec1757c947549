// The drawer: one lead, what was said, and what the assistant thought at each turn.
import { api } from './api.js';
import { h, show, empty, skeleton, badge } from './dom.js';
import { count, dateAndTime, duration, money, points, timeOfDay, words } from './format.js';
import { STATES, scoreMark } from './leads.js';

const WHO = { lead: 'Lead', assistant: 'Assistant', human: 'Team', automation: 'Automation' };

const pairs = (values) => Object.entries(values ?? {})
  .filter(([, value]) => value !== null && value !== '' && typeof value !== 'object');

const facts = (values) => h('dl', { class: 'facts' }, pairs(values).map(([name, value]) =>
  h('div', {}, h('dt', {}, words(name)), h('dd', {}, String(value)))));

function steps(list) {
  const known = (Array.isArray(list) ? list : []).map((one) => ({ step: one.step, ms: one.ms ?? one.duration ?? 0, outcome: String(one.outcome ?? 'ok').toLowerCase() }));
  const longest = Math.max(...known.map((one) => one.ms), 1);
  return known.length > 0 && h('ul', { class: 'steps' }, known.map((one) => h('li', { class: one.outcome === 'ok' ? '' : 'notok' },
    h('span', {}, words(one.step)), h('i', { 'aria-hidden': 'true', vars: { '--share': `${(100 * one.ms) / longest}%` } }),
    h('span', {}, one.outcome === 'ok' ? duration(one.ms) : `${duration(one.ms)}, ${one.outcome}`))));
}

// From the webhook to GHL's answer: each bar begins where the stage before was reached, and steps run side by side.
function waterfall(turn) {
  const stages = turn.stages ?? [];
  if (stages.length < 2) return steps(turn.steps);
  const total = Math.max(stages.at(-1).sinceReceivedMs, 1);
  const share = (ms) => `${(100 * ms) / total}%`;
  const outcomes = new Map((turn.steps ?? []).map((one) => [one.step, one.outcome]));
  return h('ul', { class: 'steps' }, stages.slice(1).map((one) => {
    const outcome = outcomes.get(one.step) ?? 'ok';
    const took = Math.min(one.tookMs, one.sinceReceivedMs);
    return h('li', { class: `${one.step ? 'part ' : ''}${outcome === 'ok' ? '' : 'notok'}`, title: `${duration(one.sinceReceivedMs)} after the webhook` },
      h('span', {}, words(one.step ?? one.stage)), h('i', { 'aria-hidden': 'true', vars: { '--from': share(one.sinceReceivedMs - took), '--share': share(took) } }),
      h('span', {}, outcome === 'ok' ? duration(one.tookMs) : `${duration(one.tookMs)}, ${outcome}`));
  }));
}

const thought = (turn) => h('details', { class: 'thought' },
  h('summary', {},
    h('span', {}, `${words(turn.decision)}: ${words(turn.reason).toLowerCase()}`),
    turn.delivery && turn.delivery !== 'none' && badge(words(turn.delivery), turn.delivery),
    h('small', {}, money(turn.costMicroUsd))),
  pairs(turn.analysis).length > 0 && [h('h4', {}, 'What it understood'), facts(turn.analysis)],
  pairs(turn.facts).length > 0 && [h('h4', {}, 'What it learned'), facts(turn.facts)],
  h('h4', {}, 'Where the time went'), waterfall(turn),
  h('p', { class: 'muted' }, `Decided at ${dateAndTime(turn.decidedAt)}`, turn.asks && turn.asks !== 'none' ? `; asks for ${words(turn.asks).toLowerCase()}` : '',
    turn.deliveryReason ? `; ${words(turn.deliveryReason).toLowerCase()}` : '', '.'));

function thread(found) {
  const turns = new Map((found.turns ?? []).map((turn) => [turn.turnId, turn]));
  const said = new Set();
  const lines = (found.messages ?? []).map((message) => {
    const turn = message.turnId ? turns.get(message.turnId) : null;
    if (turn) said.add(turn.turnId);
    return { at: new Date(message.sentAt).getTime(), node: h('li', { class: `say ${message.direction}` },
      h('p', { class: 'by' }, WHO[message.direction] ?? words(message.direction), h('time', { datetime: message.sentAt, title: dateAndTime(message.sentAt) }, timeOfDay(message.sentAt))),
      h('p', { class: 'text' }, message.text || (message.attachments > 0 ? `${count(message.attachments)} attachment(s)` : '(empty)')),
      turn && thought(turn)) };
  });
  // Turns that said nothing are part of the story too.
  for (const turn of turns.values()) {
    if (!said.has(turn.turnId)) lines.push({ at: new Date(turn.decidedAt).getTime(), node: h('li', { class: 'say silent' }, thought(turn)) });
  }
  lines.sort((a, b) => a.at - b.at);
  return lines.length > 0 ? h('ol', { class: 'thread' }, lines.map((line) => line.node)) : empty('No message yet', 'The thread of this conversation is empty.');
}

export function conversation() {
  const head = h('div', { class: 'drawer-title' });
  const body = h('div', { class: 'drawer-body' });
  const element = h('dialog', { class: 'drawer', 'aria-label': 'Lead' },
    h('div', { class: 'drawer-head' }, head, h('button', { type: 'button', class: 'quiet close', 'aria-label': 'Close', onclick: () => element.close() }, '✕')), body);
  element.addEventListener('click', (event) => { if (event.target === element) element.close(); });
  let asked = 0;

  async function load(lead, place) {
    const mine = (asked += 1);
    show(place, skeleton(8));
    try {
      const found = await api.conversation(lead.conversationId, lead.locationId);
      if (mine !== asked) return;
      const cost = (found.turns ?? []).reduce((sum, turn) => sum + turn.costMicroUsd, 0);
      show(place,
        h('h3', {}, 'Conversation', h('small', {}, `${count((found.messages ?? []).length)} messages, ${money(cost)}`)), thread(found));
    } catch (failure) {
      if (mine !== asked) return;
      show(place, h('div', { class: 'empty error' }, h('p', { class: 'empty-title' }, 'The conversation could not be loaded'), h('p', {}, failure.message),
        h('button', { type: 'button', onclick: () => load(lead, place) }, 'Try again')));
    }
  }

  return {
    element,
    open(lead) {
      show(head, scoreMark(lead), h('div', {}, h('h2', {}, lead.contactId), h('p', { class: 'lead-line' },
        badge(words(lead.temperature), lead.temperature), badge(words(lead.mode)), STATES[lead.state] && badge(...STATES[lead.state]))));
      const place = h('div', {});
      show(body,
        h('h3', {}, 'Why this score'),
        lead.reasons.length > 0
          ? h('ul', { class: 'why' }, lead.reasons.map((reason) => h('li', { class: reason.points < 0 ? 'minus' : 'plus' },
            h('span', {}, words(reason.factor)), h('b', {}, points(reason.points)))))
          : h('p', { class: 'muted' }, 'Not scored yet.'),
        h('h3', {}, 'Qualification'),
        pairs(lead.qualification).length > 0 ? facts(lead.qualification) : h('p', { class: 'muted' }, 'Nothing is known yet.'),
        place);
      body.scrollTop = 0;
      if (!element.open) element.showModal();
      if (lead.conversationId) load(lead, place);
      else show(place, empty('No conversation yet', 'This lead was scored before it wrote.'));
    },
  };
}
