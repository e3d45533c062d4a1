// Dialogs

async function openDialog(url, from) {
  opener = from;
  try {
    const { response, page } = await load(url);
    const panel = page.querySelector('[data-panel]');
    if (!panel) { location.assign(response.url); return; }
    fill(panel, response.url);
    if (!dialog.open) dialog.showModal();
    focusPanel();
  } catch { location.assign(url); }
}

function fill(panel, url) {
  dialog.dataset.url = url;
  dialog.replaceChildren(document.adoptNode(panel));
  prepare();
}

function focusPanel() {
  (dialog.querySelector('[role=alert]') || dialog.querySelector('[aria-invalid]') || dialog.querySelector('[autofocus]') || dialog.querySelector('h1'))?.focus();
}

async function submitDialog(form, submitter) {
  const method = (submitter?.getAttribute('formmethod') || form.getAttribute('method') || 'get').toLowerCase();
  const url = method === 'get' ? address(form, submitter) : new URL(form.getAttribute('action') || dialog.dataset.url, location.href).href;
  submitter?.setAttribute('aria-busy', 'true');
  try {
    const body = method === 'get' ? undefined : new FormData(form, submitter);
    const { response, page } = await load(url, { method, body });
    const panel = page.querySelector('[data-panel]');
    if (panel) {
      const focus = document.activeElement?.id;
      fill(panel, method === 'get' ? response.url : dialog.dataset.url);
      const kept = focus && !panel.querySelector('[role=alert], [role=status]') && document.getElementById(focus);
      if (kept) kept.focus(); else focusPanel();
      return;
    }
    const failure = response.ok ? null : page.querySelector('main:not([data-swap]) [role=alert]');
    if (failure) {
      warn(form, [...failure.querySelectorAll('p:not(.actions)')].map(line => line.textContent).join(' '));
      return;
    }
    if (page.querySelector('[data-sign-in]')) { location.assign(response.url); return; }
    const from = opener?.id;
    // The page that comes now is the one that the change asks for.
    dialog.querySelector('[data-changed]')?.removeAttribute('data-changed');
    close();
    show(page, response.url, response.url !== location.href);
    ((from && document.getElementById(from)) || document.getElementById('page-title'))?.focus();
  } catch {
    // Not sent again by itself: it may have been done.
    warn(form, live.dataset.noResult);
  } finally {
    submitter?.removeAttribute('aria-busy');
    // Still there: nothing goes on by itself.
    if (form.isConnected && form.hasAttribute('data-go-on')) {
      delete dialog.dataset.halted;
      form.querySelector('#bulk-go').hidden = false;
      form.querySelector('#bulk-stop').removeAttribute('aria-busy');
    }
  }
}

// What was typed is not thrown away by a slip: the first time the question stands in the dialog, the second time it closes.
function leave() {
  if (halt()) return;
  const form = dialog.querySelector('form');
  if (!form || dialog.dataset.asked || !isFilled(form)) { close(); return; }
  dialog.dataset.asked = 'yes';
  warn(form, live.dataset.unsaved);
  document.getElementById('load-failed')?.scrollIntoView({ block: 'nearest' });
}

// An action on many people takes several requests: each answer in the dialog sends the next one. It is stopped between two of them, so that nothing is left untold.
function goOn() {
  const form = dialog?.open && dialog.querySelector('form[data-go-on]');
  if (!form) return;
  guarded = form;
  say(form.querySelector('[data-far]').textContent);
  form.querySelector('#bulk-go').hidden = true;
  // Once the answer before is done with.
  setTimeout(() => { if (form.isConnected) submitDialog(form, form.querySelector(dialog.dataset.halted ? '#bulk-stop' : '#bulk-go')); });
}

function halt() {
  const form = dialog?.querySelector('form[data-go-on]');
  // After a lost connection nothing is on its way.
  if (!form || dialog.querySelector('[role=alert]')) return false;
  dialog.dataset.halted = 'yes';
  form.querySelector('#bulk-stop').setAttribute('aria-busy', 'true');
  return true;
}

const isFilled = form => [...form.elements].some(one =>
  one.type === 'hidden' ? false
    : one.type === 'checkbox' || one.type === 'radio' ? one.checked !== one.defaultChecked
      : one.tagName === 'SELECT' ? [...one.options].some(option => option.selected !== option.defaultSelected) && one.selectedIndex > 0
        : 'defaultValue' in one && one.value !== one.defaultValue);

function close() {
  if (!dialog.open) return;
  delete dialog.dataset.asked;
  delete dialog.dataset.halted;
  const changed = dialog.querySelector('[data-changed]');
  dialog.close();
  if (changed) visit(location.href, false);
}

dialog?.addEventListener('cancel', event => { event.preventDefault(); leave(); });

dialog?.addEventListener('close', () => {
  const target = (opener?.id && document.getElementById(opener.id)) || opener;
  // A link inside a closed menu cannot take the focus: its button does.
  const button = target?.closest('[popover]') && document.querySelector(`[popovertarget="${target.closest('[popover]').id}"]`);
  (button || target)?.focus();
  opener = null;
  dialog.replaceChildren();
});
