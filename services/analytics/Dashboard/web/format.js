// Numbers and times as the reader's language writes them.
const whole = new Intl.NumberFormat(undefined, { maximumFractionDigits: 0 });
const tenth = new Intl.NumberFormat(undefined, { maximumFractionDigits: 1 });
const hundredth = new Intl.NumberFormat(undefined, { maximumFractionDigits: 2 });
const dollars = new Intl.NumberFormat(undefined, { style: 'currency', currency: 'USD' });
const mills = new Intl.NumberFormat(undefined, { style: 'currency', currency: 'USD', minimumFractionDigits: 4, maximumFractionDigits: 4 });
const signed = new Intl.NumberFormat(undefined, { signDisplay: 'always', maximumFractionDigits: 0 });
const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
const second = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit' });
const full = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });
const relative = new Intl.RelativeTimeFormat(undefined, { numeric: 'auto', style: 'short' });

export const count = (value) => whole.format(value);
export const points = (value) => signed.format(value);
export const money = (micro) => (micro !== 0 && micro < 1_000_000 ? mills : dollars).format(micro / 1_000_000);

export function duration(ms) {
  if (ms < 10) return `${tenth.format(ms)} ms`;
  if (ms < 1000) return `${whole.format(ms)} ms`;
  if (ms < 60_000) return `${(ms < 10_000 ? hundredth : tenth).format(ms / 1000)} s`;
  if (ms < 3_600_000) return `${tenth.format(ms / 60_000)} min`;
  return `${tenth.format(ms / 3_600_000)} h`;
}

export const timeOfDay = (at) => clock.format(new Date(at));
export const timeToSecond = (at) => second.format(new Date(at));
export const dateAndTime = (at) => full.format(new Date(at));

export function ago(at, now = Date.now()) {
  const seconds = Math.round((new Date(at).getTime() - now) / 1000);
  const steps = [['day', 86_400], ['hour', 3600], ['minute', 60]];
  for (const [unit, size] of steps) {
    if (Math.abs(seconds) >= size) return relative.format(Math.trunc(seconds / size), unit);
  }
  return Math.abs(seconds) < 10 ? 'just now' : relative.format(seconds, 'second');
}

// end_to_end, EndToEnd, end-to-end -> End to end
export function words(name) {
  const plain = String(name).replace(/([a-z0-9])([A-Z])/g, '$1 $2').replace(/[_-]+/g, ' ').trim().toLowerCase();
  return plain.charAt(0).toUpperCase() + plain.slice(1);
}

export const midnight = () => new Date(new Date().setHours(0, 0, 0, 0)).getTime();
