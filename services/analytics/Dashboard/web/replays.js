// Asking before a replay, its progress, and the history of replays and looks.
import { api } from './api.js';
import { h, show, empty, skeleton, badge } from './dom.js';
import { ago, count, dateAndTime, words } from './format.js';

const NAMES = { events: ['event', 'events'], 'dead-letters': ['dead letter', 'dead letters'] };
const ACTS = { read_body: 'read a body', replay: 'started a replay', dismiss: 'dismissed a dead letter' };

const REASONS = {
  announced: 'announced again', taken_up: 'taken up', recorded_late: 'too old to answer, recorded', sent: 'sent again', not_found: 'skipped, gone',
  already_answered: 'skipped, already answered', already_applied: 'skipped, their effect was done', late: 'skipped, too old to answer', ignored: 'skipped, of no use to us',
  unknown_location: 'skipped, location is not connected', inactive_location: 'skipped, location is turned off', unknown_type: 'skipped, type is not known',
  install_events_are_not_replayed: 'skipped, installs and uninstalls are not replayed', already_replayed: 'skipped, replayed before', already_dismissed: 'skipped, dismissed',
};

export function confirmReplay() {
  const text = h('h2', {});
  const why = h('p', { class: 'muted' });
  const yes = h('button', { type: 'submit', value: 'yes', class: 'primary' }, 'Replay');
  const element = h('dialog', { class: 'ask card', 'aria-label': 'Replay' },
    h('form', { method: 'dialog' }, text, why, h('div', { class: 'log-acts' }, yes, h('button', { type: 'submit', value: 'no', class: 'quiet', formnovalidate: true }, 'Cancel'))));
  return {
    element,
    ask(kind, many) {
      const [one, more] = NAMES[kind];
      text.textContent = many === null ? `Replay all matching ${more}?` : `Replay ${count(many)} ${many === 1 ? one : more}?`;
      why.textContent = kind === 'events'
        ? 'Messages that wait are announced again, and what came before its location was connected is taken up. What was answered is skipped: nobody gets a second reply.'
        : 'Open dead letters go to their queues again under their own ids. What already had its effect has no second one.';
      element.returnValue = 'no';
      element.showModal();
      return new Promise((done) => { element.addEventListener('close', () => done(element.returnValue === 'yes'), { once: true }); });
    },
  };
}

const ended = (replay) => replay.reasons.map((one) => `${count(one.count)} ${one.state === 'failed' ? `failed (${one.reason})` : REASONS[one.reason] ?? words(one.reason).toLowerCase()}`).join('; ') || 'nothing to do';

export function progress(finished) {
  const bar = h('progress', { max: 1, value: 0, 'aria-label': 'Progress of the replay' });
  const text = h('p', { role: 'status' });
  const element = h('section', { class: 'card panel moving', hidden: true }, text, bar, h('button', { type: 'button', class: 'quiet', onclick: () => { element.hidden = true; } }, 'Hide'));
  let timer = 0;
  let following = 0;

  async function follow(id, mine) {
    try {
      const replay = await api.replayState(id);
      if (mine !== following) return;
      const gone = replay.done + replay.skipped + replay.failed;
      bar.max = Math.max(replay.total, 1);
      bar.value = replay.status === 'done' ? bar.max : gone;
      text.textContent = replay.status === 'done' ? `Replay finished: ${ended(replay)}.` : `Replaying: ${count(gone)} of ${count(replay.total)}…`;
      if (replay.status === 'done') {
        finished();
        return;
      }
    } catch (failure) {
      if (mine !== following) return;
      text.textContent = `The replay goes on, but its progress is unknown: ${failure.message}`;
    }
    timer = setTimeout(() => follow(id, mine), 700);
  }

  return {
    element,
    async begin(start) {
      const mine = (following += 1);
      clearTimeout(timer);
      element.hidden = false;
      bar.value = 0;
      text.textContent = 'Starting the replay…';
      try {
        const { replayId } = await start();
        if (mine === following) follow(replayId, mine);
      } catch (failure) {
        text.textContent = `The replay was not started: ${failure.message}`;
      }
    },
    close() {
      following += 1;
      clearTimeout(timer);
    },
  };
}

const when = (at) => h('time', { datetime: new Date(at).toISOString(), title: dateAndTime(at) }, ago(at));

// Keys by their names, where the reader may list them.
async function keyNames(mayList) {
  const keys = mayList ? await api.keys().catch(() => []) : [];
  const names = new Map(keys.map((key) => [key.keyId, key.name]));
  return (id) => names.get(id) ?? (id.startsWith('bootstrap-') ? 'Admin__ApiKey' : id);
}

export function history(mayList) {
  const place = h('div', {});
  const element = h('section', { class: 'card panel', 'aria-label': 'History' }, place);

  async function load() {
    show(place, skeleton(8));
    try {
      const [{ replays }, { lines }, nameOf] = await Promise.all([api.replays(), api.audit(), keyNames(mayList)]);
      show(place,
        h('h2', {}, 'Replays'),
        replays.length === 0 ? empty('Nothing was replayed yet', 'Each replay is listed here with who asked for it and how it ended.')
          : h('ul', { class: 'acts' }, replays.map((replay) => h('li', {},
            h('div', {}, h('b', {}, `${count(replay.total)} ${NAMES[replay.kind][replay.total === 1 ? 0 : 1]}`), ' ', badge(words(replay.status), replay.status === 'done' ? (replay.failed > 0 ? 'failed' : 'sent') : 'warm'),
              h('p', { class: 'muted' }, `${ended(replay)}. Asked by ${nameOf(replay.keyId)}${replay.asked === 'ids' ? '' : `, filter ${replay.asked}`}`)),
            when(replay.createdAt)))),
        h('h2', {}, 'Who did what'),
        lines.length === 0 ? empty('Nothing yet', 'Reading a body, replaying and dismissing leave a line here.')
          : h('ul', { class: 'acts' }, lines.map((line) => h('li', {}, h('div', {}, h('b', { title: line.keyId }, nameOf(line.keyId)), ` ${ACTS[line.action] ?? words(line.action).toLowerCase()}`, h('p', { class: 'muted' }, line.details || line.subject)), when(line.at)))));
    } catch (failure) {
      show(place, h('div', { class: 'empty error' }, h('p', { class: 'empty-title' }, 'The history could not be loaded'), h('p', {}, failure.message), h('button', { type: 'button', onclick: load }, 'Try again')));
    }
  }

  return { element, reload: load };
}
