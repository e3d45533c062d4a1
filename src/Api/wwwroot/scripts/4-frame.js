// The frame around the pages.

function switchTheme() {
  const dark = document.documentElement.dataset.theme
    ? document.documentElement.dataset.theme === 'dark'
    : matchMedia('(prefers-color-scheme: dark)').matches;
  const theme = dark ? 'light' : 'dark';
  document.documentElement.dataset.theme = theme;
  document.cookie = `theme=${theme}; path=/; max-age=31536000; samesite=lax`;
}

// The values of a chart by keyboard: one slider over the days, which reads what the table says.
function readChart(reader) {
  const rows = [...document.querySelectorAll(`#${reader.dataset.chart} tbody tr`)].reverse();
  const slider = reader.querySelector('input');
  const tell = () => {
    const cells = [...(rows[slider.value]?.cells || [])];
    const text = cells.map((cell, place) => (place ? `${cell.dataset.label}: ` : '') + cell.textContent.trim()).join(', ');
    reader.querySelector('output').textContent = text;
    slider.setAttribute('aria-valuetext', text);
  };
  slider.addEventListener('input', tell);
  tell();
}

// Times are shown in the zone of the reader: the server is told its name, unless the account page chose one.
function tellZone() {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (zone && !document.cookie.includes(`zone=${encodeURIComponent(zone)}`)) document.cookie = `zone=${encodeURIComponent(zone)}; path=/; max-age=31536000; samesite=lax`;
}

// Where the entries of the navigation do not all fit, the current one is in view. Only the navigation scrolls, never the page.
function reveal() {
  const entry = document.querySelector('nav.side [aria-current]');
  if (!entry) return;
  const side = entry.closest('nav');
  const [inner, outer] = [entry.getBoundingClientRect(), side.getBoundingClientRect()];
  if (inner.left < outer.left || inner.right > outer.right) side.scrollLeft += inner.left - outer.left - (outer.width - inner.width) / 2;
  if (inner.top < outer.top || inner.bottom > outer.bottom) side.scrollTop += inner.top - outer.top - (outer.height - inner.height) / 2;
}
