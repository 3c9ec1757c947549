import { api } from './api.js';
import { h } from './dom.js';

export function login(done) {
  const problem = h('p', { class: 'form-error', role: 'alert', id: 'key-problem' });
  const field = h('input', {
    id: 'key', name: 'key', type: 'password', autocomplete: 'current-password', required: true, spellcheck: 'false',
    autocapitalize: 'off', 'aria-describedby': 'key-help key-problem',
  });
  const button = h('button', { class: 'primary', type: 'submit' }, 'Open the dashboard');
  const form = h('form', { class: 'key-form' },
    h('label', { for: 'key' }, 'API key'), field, problem, button);
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const key = field.value.trim();
    problem.textContent = '';
    field.removeAttribute('aria-invalid');
    if (!key) {
      problem.textContent = 'Enter a key first.';
      field.focus();
      return;
    }
    button.disabled = true;
    button.textContent = 'Checking the key…';
    try {
      await api.logIn(key);
      field.value = '';
      await done();
    } catch (failure) {
      problem.textContent = failure.status === 401 ? 'This key does not work. Check that it was copied whole.' : failure.message;
      field.setAttribute('aria-invalid', 'true');
      field.select();
    } finally {
      button.disabled = false;
      button.textContent = 'Open the dashboard';
    }
  });
  return h('main', { class: 'alone' },
    h('section', { class: 'card login' },
      h('img', { src: '/dashboard/icon.svg', alt: '', width: '44', height: '44' }),
      h('h1', {}, 'EnterpriseHub'),
      h('p', { class: 'muted' }, 'Answers for your team, live.'),
      form,
      h('div', { class: 'help', id: 'key-help' },
        h('h2', {}, 'Where is my key?'),
        h('ul', {},
          h('li', {}, 'Standalone prints an admin key in its terminal at the first start, once.'),
          h('li', {}, 'Elsewhere it is the setting ', h('code', {}, 'Admin__ApiKey'), ' of the services.'),
          h('li', {}, 'An admin makes more keys, also for one location only, with ', h('code', {}, 'POST /api/keys'), '.')))));
}
