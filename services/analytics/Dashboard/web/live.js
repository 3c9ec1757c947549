// The live stream with its own watch: a stream that says nothing for 25 s is dead, whatever the browser thinks.
import { api } from './api.js';

const SILENCE = 25_000;
const PATIENCE = 2500;

export function listen(address, { onPart, onState, onLoggedOut }) {
  let source = null;
  let closed = false;
  let heard = Date.now();
  let failures = 0;
  let lost = null;
  let retry = null;

  const alive = () => {
    heard = Date.now();
    failures = 0;
    clearTimeout(lost);
    lost = null;
    onState('live');
  };

  // The server ends each stream after some minutes; a gap shorter than the patience is not worth a word.
  const broken = () => {
    lost ??= setTimeout(() => onState('lost'), PATIENCE);
  };

  async function again() {
    source?.close();
    broken();
    try {
      if (!(await api.session())) {
        if (!closed) onLoggedOut();
        return;
      }
    } catch { /* no connection at all: keep trying */ }
    failures += 1;
    clearTimeout(retry);
    if (!closed) retry = setTimeout(open, Math.min(15_000, 500 * 2 ** failures));
  }

  function open() {
    source?.close();
    heard = Date.now();
    source = new EventSource(address);
    source.onopen = alive;
    source.onerror = () => (source.readyState === EventSource.CLOSED ? again() : broken());
    for (const name of ['summary', 'leads', 'activity']) {
      source.addEventListener(name, (event) => {
        alive();
        onPart(name, JSON.parse(event.data));
      });
    }
    source.addEventListener('heartbeat', alive);
  }

  const watch = setInterval(() => {
    if (Date.now() - heard > SILENCE) again();
  }, 5000);

  onState('connecting');
  open();
  return () => {
    closed = true;
    clearInterval(watch);
    clearTimeout(lost);
    clearTimeout(retry);
    source?.close();
  };
}
