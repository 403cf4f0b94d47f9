// Figures in the same digits as the server writes them.
const grouped = decimals => new Intl.NumberFormat('en-US', {minimumFractionDigits: decimals, maximumFractionDigits: decimals});
const whole = grouped(0), tenths = grouped(1), hundredths = grouped(2);

export const known = value => value !== null && value !== undefined && !Number.isNaN(value);

export function digits(value) {
  if (!known(value)) return '–';
  const size = Math.abs(value);
  return (size >= 99.95 || size === 0 ? whole : size >= 9.995 ? tenths : hundredths).format(value);
}

export const count = value => known(value) ? whole.format(value) : '–';
export const percent = ratio => known(ratio) ? hundredths.format(ratio * 100) + ' %' : '–';
export const roughPercent = ratio => known(ratio) ? whole.format(ratio * 100) + ' %' : '–';

export function bytes(value) {
  let size = value;
  for (const unit of ['B', 'kB', 'MB', 'GB']) {
    if (size < 1000) return `${digits(size)} ${unit}`;
    size /= 1000;
  }
  return `${digits(size)} TB`;
}

// Minutes and seconds, 6:12, or 1:06:12 from an hour on.
export function clock(seconds) {
  const s = Math.max(0, Math.round(seconds)), h = Math.floor(s / 3600), m = Math.floor(s % 3600 / 60), two = n => String(n).padStart(2, '0');
  return h ? `${h}:${two(m)}:${two(s % 60)}` : `${m}:${two(s % 60)}`;
}
