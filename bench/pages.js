// The table of bench/pages.sh. Each page is loaded into a browser that has nothing of it yet.
const { chromium } = require('../tests/Dashboard.Tests/bin/Debug/net10.0/.playwright/package');
const [base, email, password] = process.argv.slice(2);

const pages = [
  '/users', '/users?size=100', '/users/{user}', '/users/{user}/seat', '/users/{user}/roles', '/users/{user}/suspend', '/users/new', '/users/import',
  '/users/bulk?action=suspend&all=yes', '/organizations', '/organizations/switch', '/organizations/main/members', '/organizations/main/members?size=100',
  '/organizations/main/members/add', '/organizations/main/settings', '/organizations/main/groups', '/organizations/main/groups/Everyone', '/organizations/main/roles',
  '/organizations/main/roles/new', '/organizations/main/roles/{role}', '/ai-seats', '/ai-seats?days=30', '/ai-seats/what-if', '/licenses', '/licenses/upload',
  '/licenses/{license}/remove', '/audit', '/notifications', '/notifications/rules/seats_used', '/go?q=ada', '/settings/account', '/settings/tokens', '/settings/tokens/new',
  '/cli-auth', '/dormancy', '/sign-in', '/sign-out', '/docs', '/no-such-page',
];

(async () => {
  const browser = await chromium.launch({ executablePath: process.env.MONOLITH_CHROMIUM || '/usr/bin/chromium', args: ['--no-sandbox'] });
  const context = await browser.newContext({ viewport: { width: 1280, height: 860 } });
  const first = await context.newPage();
  await first.goto(`${base}/sign-in`);
  await first.fill('input[name="email"]', email);
  await first.fill('input[type=password]', password);
  await first.keyboard.press('Enter');
  await first.waitForURL(url => !url.pathname.endsWith('/sign-in'));
  // Names and numbers that only this deployment has.
  const link = async (page, pattern) => {
    await first.goto(base + page);
    const links = await first.evaluate(() => [...document.querySelectorAll('a[href]')].map(one => one.getAttribute('href')));
    return links.map(one => pattern.exec(one)?.[1]).find(one => one);
  };
  const places = {
    user: await link('/users', /^\/users\/([a-z0-9-]+-[a-z0-9-]+)$/),
    role: await link('/organizations/main/roles', /^\/organizations\/main\/roles\/([a-z-]+)$/),
    license: await link('/licenses', /^\/licenses\/(\d+)\/remove/),
  };
  console.log('| page | bytes on the wire | of them HTML | requests | CLS |\n| --- | ---: | ---: | ---: | ---: |');
  for (const template of pages) {
    const path = template.replace(/\{(\w+)\}/g, (_, name) => places[name]);
    // Whoever is signed in is sent on from there.
    const visitor = path === '/sign-in' ? await browser.newContext({ viewport: { width: 1280, height: 860 } }) : context;
    const page = await visitor.newPage();
    const wire = await visitor.newCDPSession(page);
    await wire.send('Network.enable');
    await wire.send('Network.setCacheDisabled', { cacheDisabled: true });
    let [bytes, html, requests] = [0, 0, 0];
    const types = {};
    wire.on('Network.responseReceived', event => { requests++; types[event.requestId] = event.response.mimeType; });
    wire.on('Network.loadingFinished', event => { bytes += event.encodedDataLength; if (types[event.requestId] === 'text/html') html += event.encodedDataLength; });
    await page.addInitScript(() => {
      window.moved = 0;
      new PerformanceObserver(list => { for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.moved += entry.value; }).observe({ type: 'layout-shift', buffered: true });
    });
    await page.goto(base + path, { waitUntil: 'networkidle' });
    console.log(`| \`${template}\` | ${bytes.toLocaleString('en')} | ${html.toLocaleString('en')} | ${requests} | ${(await page.evaluate(() => window.moved)).toFixed(3)} |`);
    await page.close();
  }
  await browser.close();
})().catch(failure => { console.error(failure); process.exit(1); });
