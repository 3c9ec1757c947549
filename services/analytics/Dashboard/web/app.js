// Entry: decides between the key form, the board and the event log.
import { api } from './api.js';
import { h, show } from './dom.js';
import { login } from './login.js';
import { board } from './board.js';
import { events, isEvents } from './events.js';

const root = document.getElementById('app');
let close = () => {};

async function start() {
  close();
  close = () => {};
  let session;
  try {
    session = await api.session();
  } catch (failure) {
    show(root, h('main', { class: 'alone' },
      h('section', { class: 'card notice-card' },
        h('h1', {}, 'The hub does not answer'),
        h('p', {}, failure.message),
        h('button', { class: 'primary', type: 'button', onclick: start }, 'Try again'))));
    return;
  }
  if (!session) {
    show(root, login(start));
    root.querySelector('input').focus();
    return;
  }
  const opened = isEvents(location.hash) ? events(session, start) : board(session, start);
  show(root, opened.element);
  close = opened.close;
  opened.begin();
}

// The event log is a page of its own; its tabs are its own business.
window.addEventListener('hashchange', (change) => {
  if (isEvents(new URL(change.oldURL).hash) !== isEvents(new URL(change.newURL).hash)) start();
});

start();
