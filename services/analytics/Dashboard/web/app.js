// Entry: decides between the key form and the board.
import { api } from './api.js';
import { h, show } from './dom.js';
import { login } from './login.js';
import { board } from './board.js';

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
  const opened = board(session, start);
  show(root, opened.element);
  close = opened.close;
  opened.begin();
}

start();
