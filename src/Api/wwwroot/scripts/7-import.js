// Bringing people in: what the page has looked at goes to the API, which tells after every batch how far it is.

const counted = new Intl.NumberFormat('en-US');
const phrase = (text, ...values) => values.reduce((said, value, n) => said.replace(`{${n}}`, counted.format(value)), text);

async function* sumsOf(response) {
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
    const lines = (rest + piece.value).split('\n');
    rest = lines.pop();
    for (const line of lines) {
      const said = JSON.parse(line);
      if ('done' in said) yield said;
    }
  }
}

async function bringIn(form) {
  const progress = document.querySelector('[data-import-progress]');
  const buttons = [...form.querySelectorAll('button')];
  buttons.forEach(button => { button.disabled = true; });
  progress.hidden = false;
  const proof = document.cookie.split('; ').find(one => one.startsWith('csrf_token='))?.slice('csrf_token='.length) ?? '';
  let reason = live.dataset.noResult;
  try {
    const response = await fetch(document.querySelector('[data-import-api]').dataset.importApi, {
      method: 'POST',
      credentials: 'same-origin',
      headers: { 'Content-Type': form.elements.form.value === 'lines' ? 'application/x-ndjson' : 'text/csv', Accept: 'application/x-ndjson', 'X-CSRF-TOKEN': proof },
      body: form.elements.content.value,
    });
    let last = null;
    if (response.ok) {
      for await (const sums of sumsOf(response)) {
        last = sums;
        progress.querySelector('progress').value = sums.rows;
        progress.querySelector('[data-line]').textContent = phrase(progress.dataset.text, sums.rows, progress.dataset.rows);
      }
    } else reason = (await response.json()).message;
    if (!last?.done) { reason = last?.error?.message ?? reason; throw new Error(reason); }
    const told = phrase(progress.dataset.did, last.created, last.added, last.unchanged, last.failed);
    document.querySelector('#import-sums strong').textContent = told;
    form.hidden = true;
    say(told);
  } catch {
    // Not sent again by itself; the same file may be, it does nothing twice.
    warn(form, reason);
    buttons.forEach(button => { button.disabled = false; });
  }
}

document.addEventListener('submit', event => {
  if (!event.target.hasAttribute('data-import') || event.submitter?.value !== 'run') return;
  event.preventDefault();
  bringIn(event.target);
});
