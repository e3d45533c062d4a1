// Events

document.addEventListener('click', event => {
  if (event.target.matches?.('[data-one]')) { range(event.target, event.shiftKey); return; }
  if (event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const toggle = event.target.closest('[data-theme-toggle]');
  if (toggle) { switchTheme(); return; }
  const copier = event.target.closest('[data-copy]');
  if (copier) { copy(copier); return; }
  if (event.target === dialog) { leave(); return; }
  const reveal = event.target.closest('[data-reveal]');
  if (reveal) { showPassword(reveal); return; }
  const link = event.target.closest('a[href]');
  if (!link) return;
  if (dialog?.open && dialog.contains(link) && link.hasAttribute('data-close')) { event.preventDefault(); if (!halt()) close(); }
  else if (dialog && link.hasAttribute('data-dialog')) {
    event.preventDefault();
    const menu = link.closest('[popover]');
    menu?.hidePopover();
    openDialog(link.href, menu ? document.querySelector(`[popovertarget="${menu.id}"]`) : link);
  } else if (main() && link.hasAttribute('data-nav')) { event.preventDefault(); visit(link.href); }
});

document.addEventListener('submit', event => {
  const form = event.target;
  guarded = null;
  keepDraft(form);
  if (dialog?.open && event.submitter?.id === 'bulk-stop' && halt()) event.preventDefault();
  else if (dialog?.open && dialog.contains(form)) { event.preventDefault(); submitDialog(form, event.submitter); }
  else if (form.hasAttribute('data-dialog') && dialog) { event.preventDefault(); openDialog(address(form, event.submitter), event.submitter); }
  else if (form.hasAttribute('data-auto') && main()) { event.preventDefault(); visit(address(form, event.submitter)); }
});

document.addEventListener('change', event => {
  const box = event.target.closest('input[type=checkbox][data-all], input[type=checkbox][data-one]');
  if (box) select(box);
  if (event.target.matches('[data-matching]')) {
    if (event.target.checked) document.querySelectorAll('[data-one]:not(:disabled), [data-all]').forEach(one => { one.checked = true; one.indeterminate = false; });
    marked(document.querySelectorAll('[data-one]:checked').length);
  }
  const group = event.target.closest('[data-check-group]');
  if (group) checkGroup(group, event.target);
  if (event.target.form?.hasAttribute('data-guard')) guarded = event.target.form;
  const limited = event.target.closest('[data-limit]');
  if (limited) limit(limited, event.target);
  if (event.target.matches('form[data-auto] select')) event.target.form.requestSubmit();
});

let typing;
document.addEventListener('input', event => {
  if (event.target.form?.hasAttribute('data-guard')) guarded = event.target.form;
  if (event.target.matches('form[data-auto] input[type=search]')) {
    clearTimeout(typing);
    typing = setTimeout(() => event.target.form?.requestSubmit(), 400);
  } else if (event.target.matches('[data-narrow]')) narrow(event.target);
});

document.addEventListener('keydown', event => {
  if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === 'k') {
    const go = document.querySelector('[data-go]');
    if (!go || !dialog || dialog.open) return;
    event.preventDefault();
    openDialog(go.href, document.activeElement === document.body ? go : document.activeElement);
  } else if (event.key.startsWith('Arrow') && dialog?.open) walk(event);
});

// What is half in view is not moved by browsers: whoever comes by keyboard sees all of it.
document.addEventListener('focusin', event => {
  if (event.target.matches(':focus-visible') && !event.target.matches('input, textarea, select')) event.target.scrollIntoView({ block: 'nearest', inline: 'nearest' });
});

// In a list of places the arrows go from the text to the first place, and from place to place.
function walk(event) {
  const links = [...dialog.querySelectorAll('[data-palette] a')];
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  if (!step || !links.length) return;
  event.preventDefault();
  const place = links.indexOf(document.activeElement) + step;
  (links[place] || dialog.querySelector('input[type=search]')).focus();
}

window.addEventListener('popstate', () => { if (dialog?.open) dialog.close(); if (main()) visit(location.href, false); });

// What only makes sense with script, for markup that has just arrived.
function prepare() {
  reveal();
  if (document.querySelector('[data-bulk]')) marked(document.querySelectorAll('[data-one]:checked').length);
  document.querySelectorAll('[data-check-group]').forEach(group => checkGroup(group));
  document.querySelectorAll('[data-copy]').forEach(button => { button.hidden = false; });
  document.querySelectorAll('[data-chart]').forEach(readChart);
  if (document.querySelector('[data-sign-in]')) sessionStorage.setItem('interrupted', 'yes');
  else if (sessionStorage.getItem('interrupted')) document.querySelectorAll('form[method=post]').forEach(restoreDraft);
  fillLate();
  goOn();
}

// Cells that another page fills: the table is there before, and when that page cannot be read the links in the cells stay.
async function fillLate() {
  for (const link of document.querySelectorAll('a[data-late]')) {
    link.removeAttribute('data-late');
    try {
      const { page } = await load(link.href);
      for (const cell of page.querySelectorAll('[data-cell]')) document.getElementById(cell.dataset.cell)?.replaceChildren(...cell.childNodes);
    } catch { link.dataset.failed = ''; }
  }
}

prepare();
tellZone();
