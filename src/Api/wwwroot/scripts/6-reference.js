// The API reference: sends an operation with the session of the dashboard, and shows what came back.

const ask = document.getElementById('ask');
const longest = 100000;
const telling = ['content-type', 'etag', 'link', 'location', 'retry-after', 'www-authenticate', 'ratelimit-remaining', 'ratelimit-reset', 'x-coder-entitlements-warning', 'x-monolith-enrichment', 'x-request-id'];

// The session itself is out of the reach of script. This cookie comes and goes with it.
const proof = () => document.cookie.split('; ').find(one => one.startsWith('csrf_token='))?.split('=')[1];
const look = () => document.documentElement.classList.toggle('signed-in', proof() !== undefined);

function requestOf(form) {
  const filled = [...form.querySelectorAll('[data-in]')].filter(field => field.value !== '');
  const of = place => filled.filter(field => field.dataset.in === place).map(field => [field.name, field.value]);
  const path = of('path').reduce((text, [name, value]) => text.replace(`{${name}}`, () => encodeURIComponent(value)), form.dataset.path);
  const url = new URL(path, document.querySelector('.brand').href);
  url.search = new URLSearchParams(of('query')).toString();
  const { method } = form.dataset;
  const body = form.elements.namedItem('body')?.value;
  const headers = { Accept: 'application/json', ...Object.fromEntries(of('header')) };
  if (body) headers['Content-Type'] = 'application/json';
  if (proof()) headers['X-CSRF-TOKEN'] = proof();
  return { url, options: { method, headers, body: body || undefined, credentials: 'same-origin' } };
}

// Resolves to whether the reader agrees.
function agrees({ url, options }) {
  ask.querySelector('[data-request]').textContent = `${options.method} ${url.pathname}${url.search}`;
  ask.returnValue = '';
  ask.showModal();
  return new Promise(done => ask.addEventListener('close', () => done(ask.returnValue === 'send'), { once: true }));
}

function pretty(text, type) {
  let shown = text;
  if ((type || '').includes('json')) try { shown = JSON.stringify(JSON.parse(text), null, 2); } catch { /* as it is */ }
  return shown.length > longest ? `${shown.slice(0, longest)}\n${ask.dataset.cut}` : shown;
}

function fact(list, name, value) {
  const [term, meaning] = ['dt', 'dd'].map(kind => list.appendChild(document.createElement(kind)));
  term.textContent = name;
  meaning.textContent = value;
}

async function send(form, button) {
  const request = requestOf(form);
  if (request.options.method !== 'GET' && !await agrees(request)) return;
  const [status, answer] = [form.querySelector('[data-status]'), form.querySelector('[data-answer]')];
  const list = answer.querySelector('dl');
  button.setAttribute('aria-busy', 'true');
  status.textContent = '';
  try {
    const begun = performance.now();
    const response = await fetch(request.url, request.options);
    const text = await response.text();
    const took = Math.round(performance.now() - begun);
    list.replaceChildren();
    telling.filter(name => response.headers.has(name)).forEach(name => fact(list, name, response.headers.get(name)));
    answer.querySelector('pre').textContent = pretty(text, response.headers.get('Content-Type'));
    answer.querySelector('pre').hidden = text === '';
    answer.hidden = false;
    status.textContent = `${response.status} ${response.statusText} · ${ask.dataset.took.replace('{0}', took)}`;
    form.closest('details').classList.toggle('refused', response.status === 401);
  } catch {
    answer.hidden = true;
    status.textContent = ask.dataset.noAnswer;
  } finally {
    button.removeAttribute('aria-busy');
    look();
  }
}

document.addEventListener('submit', event => {
  const form = event.target;
  if (!form.hasAttribute('data-try')) return;
  event.preventDefault();
  if (!form.querySelector('[aria-busy]')) send(form, event.submitter || form.querySelector('button'));
});

// The way back leads to the operation, not to the head of its page.
document.addEventListener('click', event => {
  const link = event.target.closest('a[data-sign-in]');
  if (!link) return;
  const url = new URL(link.href);
  url.searchParams.set('return', `${url.searchParams.get('return').split('#')[0]}#${link.closest('article').id}`);
  link.href = url;
});

look();
