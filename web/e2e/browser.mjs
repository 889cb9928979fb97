// Debian's Chromium, driven by playwright-core, and what is asked of every page it opens.
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const DEPTH_LIMIT = 2;
const PASSWORD = 'Laoshan-demo-2026';
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

export async function openBrowser() {
  const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);
  // Root may not use the sandbox, and a container has little shared memory.
  const args = process.getuid?.() === 0 ? ['--no-sandbox', '--disable-dev-shm-usage'] : ['--disable-dev-shm-usage'];
  return chromium.launch({ args, ...(executablePath ? { executablePath } : {}) });
}

/** Somebody at a browser. The window's time zone is far from Shanghai on purpose: no date may depend on it. */
export class Person {
  constructor(browser, { url, lang, width, shots, faults }) {
    Object.assign(this, { browser, url, lang, width, shots, faults, count: 0, requests: [] });
  }

  async enter() {
    this.context = await this.browser.newContext({
      viewport: { width: this.width, height: this.width < 600 ? 812 : 900 }, locale: this.lang, timezoneId: 'America/New_York', reducedMotion: 'reduce',
    });
    await this.context.addInitScript((lang) => localStorage.setItem('laoshan.lang', lang), this.lang);
    this.page = await this.context.newPage();
    this.page.setDefaultTimeout(20_000);
    this.page.on('pageerror', (error) => this.fault(`threw ${error.message}`));
    this.page.on('console', (message) => {
      // What the server refused on purpose is logged by Chromium too.
      if (['error', 'warning'].includes(message.type()) && !message.text().includes('Failed to load resource')) this.fault(`logged ${message.text()}`);
    });
    this.page.on('response', (response) => {
      if (response.status() >= 500) this.fault(`${response.url()} answered ${response.status()}`);
    });
    return this;
  }

  fault(what) {
    this.faults.push(`${this.name ?? 'visitor'} ${this.lang} ${this.width}px ${this.page ? new URL(this.page.url()).pathname : ''}: ${what}`);
  }

  say(zh, en) {
    return this.lang === 'en' ? en : zh;
  }

  async signIn(name, email = `${name}@laoshan.example`) {
    this.name = name;
    await this.page.goto(`${this.url}/sign-in`);
    await this.page.fill('input[type=email]', email);
    await this.page.fill('input[type=password]', PASSWORD);
    await this.page.click('button[type=submit]');
    await this.page.waitForURL((to) => !to.pathname.startsWith('/sign-in'));
    await this.settled();
    return this;
  }

  async goto(path) {
    await this.page.goto(`${this.url}${path}`);
    await this.settled();
  }

  async settled() {
    // A page that is opened within the console says with its main part that it is still on its way.
    await this.page.waitForTimeout(50);
    await this.page.locator('main:not([aria-busy=true]) h1').first().waitFor();
    await this.page.waitForLoadState('networkidle');
  }

  /** Presses a link and waits for the page that it leads to. */
  async follow(link) {
    const from = this.page.url();
    await link.click();
    await this.page.waitForURL((to) => to.href !== from);
    await this.settled();
  }

  /** A button, link or field by the name a person reads. */
  button(zh, en) {
    return this.page.getByRole('button', { name: this.say(zh, en), exact: true }).first();
  }
  link(zh, en) {
    return this.page.getByRole('link', { name: this.say(zh, en), exact: true }).first();
  }
  field(zh, en) {
    return this.page.getByLabel(this.say(zh, en)).first();
  }

  async token(name = this.name) {
    const response = await this.page.request.post(`${this.url}/api/v1/auth/sessions`, { data: { email: `${name}@laoshan.example`, password: PASSWORD } });
    return (await response.json()).access_token;
  }

  async api(method, path, { token, version, data } = {}) {
    const response = await this.page.request.fetch(`${this.url}/api/v1${path}`, {
      method, data, headers: { authorization: `Bearer ${token}`, 'accept-language': this.lang, ...(version === undefined ? {} : { 'if-match': `"${version}"` }) },
    });
    return response.status() === 204 ? undefined : response.json();
  }

  /** A picture of the page, and what holds for every page: nothing sideways, nothing axe finds, no key instead of a word. */
  async check(name) {
    await this.page.waitForLoadState('networkidle');
    this.count += 1;
    mkdirSync(this.shots, { recursive: true });
    const file = `${this.lang}-${this.width}-${this.name ?? 'visitor'}-${String(this.count).padStart(2, '0')}-${name}.png`;
    await this.page.screenshot({ path: join(this.shots, file), fullPage: true });
    const sideways = await this.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    if (sideways > 0) this.fault(`${name} is ${sideways} pixels too wide`);
    const session = await this.context.newCDPSession(this.page);
    // Through the debugger, because the page itself lets no foreign script run.
    await session.send('Runtime.evaluate', { expression: axe });
    const { result } = await session.send('Runtime.evaluate', {
      expression: `axe.run(document, { runOnly: ${JSON.stringify(RULES)} }).then((r) => JSON.stringify(r.violations.map((v) => v.id + ' (' + v.impact + '): ' + v.nodes.map((n) => n.html.slice(0, 120)).slice(0, 3).join(' | '))))`,
      awaitPromise: true, returnByValue: true,
    });
    await session.detach();
    for (const violation of JSON.parse(result.value)) this.fault(`${name}: axe ${violation}`);
    if (this.lang === 'en') {
      // Names of people, firms, rounds and what they wrote (translate="no") stay as they are; what the console itself says does not.
      const own = ['nav', 'button', 'label', 'legend', 'th', 'summary', 'h2'].map((tag) => `${tag}:not([translate=no], :has([translate=no]))`);
      const chrome = await this.page.locator(own.join(', ')).allInnerTexts();
      const untranslated = chrome.filter((text) => /[\u4e00-\u9fff]/.test(text.replace(/[“"「].*?[”"」]/g, '')) && !/中文|公司|企业经办人|\d{4}年度/.test(text));
      for (const text of untranslated) this.fault(`${name}: not in English: ${text}`);
    }
  }

  /**
   * Walks through everything of the page that can be reached with Tab: each stop is seen, is marked as the one that has the focus, and
   * nothing that can be pressed is left out; the order is the one in which the page reads.
   */
  async walk(name) {
    await this.page.evaluate(() => {
      const dialog = [...document.querySelectorAll('[role=dialog]')].filter((one) => one.checkVisibility()).at(-1);
      document.activeElement?.blur();
      document.body.tabIndex = -1;
      (dialog ?? document.body).focus();
      document.body.removeAttribute('tabindex');
      scrollTo(0, 0);
    });
    const found = await this.page.evaluate(() => {
      // Of a group of radios the browser stops at one; what is hidden or closed is no stop.
      const radios = new Set();
      const open = [...document.querySelectorAll('.ant-modal-wrap, .ant-drawer')].filter((one) => one.checkVisibility()).at(-1);
      const all = (open ?? document).querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex]');
      const stops = [...all].filter((one) => {
        if (one.tabIndex < 0 || one.disabled || one.type === 'hidden' || !one.checkVisibility({ visibilityProperty: true }) || one.closest('[aria-hidden=true], .ant-modal-wrap, .ant-drawer') !== (open ?? null) && one.closest('[aria-hidden=true]')) return false;
        if (one.closest('details:not([open])') && one.tagName !== 'SUMMARY') return false;
        if (one.type === 'radio') {
          if (radios.has(one.name)) return false;
          radios.add(one.name);
        }
        return true;
      });
      document.querySelectorAll('[data-stop]').forEach((one) => one.removeAttribute('data-stop'));
      stops.forEach((one, i) => one.setAttribute('data-stop', String(i)));
      return stops.length;
    });
    const seen = [];
    // A date is several stops within one field.
    for (let presses = 0; presses < found * 7 + 12; presses += 1) {
      await this.page.keyboard.press('Tab');
      const stop = await this.page.evaluate(() => {
        const one = document.activeElement;
        if (!one || one === document.body) return null;
        const marked = [one, one.parentElement, one.nextElementSibling, one.closest('.ant-checkbox, .ant-radio, .ant-checkbox-wrapper')].some((at) => {
          const style = at && getComputedStyle(at);
          return style && ((style.outlineStyle !== 'none' && parseInt(style.outlineWidth, 10) > 0) || style.boxShadow !== 'none');
        });
        const box = one.getBoundingClientRect();
        const hit = document.elementFromPoint(Math.min(Math.max(box.left + box.width / 2, 1), innerWidth - 1), Math.min(Math.max(box.top + Math.min(box.height / 2, 40), 1), innerHeight - 1));
        const related = hit && (one.contains(hit) || hit.contains(one) || one.closest('label')?.contains(hit) || one.parentElement?.contains(hit));
        const radio = one.type === 'radio' ? document.querySelector(`input[type=radio][name="${CSS.escape(one.name)}"][data-stop]`) : one;
        return { at: Number((radio ?? one).getAttribute('data-stop') ?? -1), what: `${one.tagName.toLowerCase()} ${(one.getAttribute('aria-label') ?? one.innerText ?? one.id ?? '').slice(0, 40)}`, marked, covered: !related };
      });
      if (!stop) break;
      if (stop.at >= 0 && seen.at(-1)?.at === stop.at) continue;
      if (seen.some((one) => one.at === stop.at && stop.at >= 0)) break;
      seen.push(stop);
    }
    for (const stop of seen.filter((one) => one.at >= 0)) {
      if (!stop.marked) this.fault(`${name}: the focus is not to be seen on ${stop.what}`);
      if (stop.covered) this.fault(`${name}: something covers ${stop.what} when it has the focus`);
    }
    const order = seen.map((one) => one.at).filter((at) => at >= 0);
    const missed = await this.page.evaluate((reached) => [...document.querySelectorAll('[data-stop]')].filter((one) => !reached.includes(Number(one.getAttribute('data-stop')))).map((one) => `${one.tagName.toLowerCase()} ${one.className} ${one.getAttribute('aria-label') ?? one.textContent.slice(0, 30)}`), order);
    if (missed.length > 0) this.fault(`${name}: Tab does not reach ${missed.slice(0, 4).join(' | ')}`);
    if (order.some((at, i) => i > 0 && at < order[i - 1])) this.fault(`${name}: Tab does not follow the order in which the page reads`);
  }

  /** Presses Tab until what has the focus is named so. */
  async tabTo(zh, en) {
    const name = this.say(zh, en);
    for (let presses = 0; presses < 250; presses += 1) {
      const here = await this.page.evaluate(() => {
        const one = document.activeElement;
        return [one?.getAttribute('aria-label'), one?.innerText?.trim(), ...[...(one?.labels ?? [])].map((label) => label.innerText.replace(/\*$/, '').trim())];
      });
      if (here.includes(name)) return;
      await this.page.keyboard.press('Tab');
    }
    throw new Error(`Tab never comes to ${name}`);
  }

  /** On paper: what is for pressing is left away, what is wide is not cut off; kept as a PDF. */
  async printed(name) {
    await this.page.emulateMedia({ media: 'print' });
    const left = await this.page.evaluate(() => {
      const shown = [...document.querySelectorAll('.top, .side, .demo, button:not(.files *), .filters, .pager, .form-bar, .skip')].filter((one) => one.checkVisibility());
      const cut = [...document.querySelectorAll('main *')].filter((one) => ['auto', 'scroll', 'hidden'].includes(getComputedStyle(one).overflowX) && one.scrollWidth > one.clientWidth + 1 && one.clientWidth > 1);
      return [...shown.map((one) => `shows ${one.tagName} ${one.className} ${one.innerText.slice(0, 20)}`), ...cut.map((one) => `cuts off ${one.tagName} ${one.className}`)];
    });
    for (const what of left.slice(0, 5)) this.fault(`${name} on paper ${what}`);
    mkdirSync(this.shots, { recursive: true });
    await this.page.pdf({ path: join(this.shots, `${this.lang}-${this.width}-${this.name ?? 'visitor'}-${name}.pdf`), format: 'A4' });
    await this.page.emulateMedia({ media: 'screen' });
  }

  /**
   * Loads a page anew and counts how many requests to the API had to wait for one another, and the script that came. Every answer is
   * held back a little, so that what is asked side by side cannot look as if one had waited for the other.
   */
  async measure(path) {
    const requests = [];
    const scripts = [];
    await this.page.route(/\/api\/(?!v1\/demo)/, async (route) => {
      const request = { path: new URL(route.request().url()).pathname, from: performance.now() };
      requests.push(request);
      const response = await route.fetch();
      await new Promise((go) => setTimeout(go, 400));
      request.to = performance.now();
      await route.fulfill({ response });
    });
    const weigh = (response) => {
      if (new URL(response.url()).pathname.endsWith('.js')) scripts.push(response.allHeaders());
    };
    this.page.on('response', weigh);
    await this.page.goto(`${this.url}${path}`);
    await this.settled();
    this.page.off('response', weigh);
    await this.page.unrouteAll({ behavior: 'wait' });
    const depth = [];
    requests.forEach((request, i) => {
      depth[i] = 1 + Math.max(0, ...requests.slice(0, i).map((before, n) => (before.to <= request.from ? depth[n] : 0)));
    });
    const script = (await Promise.all(scripts)).reduce((sum, headers) => sum + Number(headers['content-length'] ?? 0), 0);
    return { depth: Math.max(0, ...depth), script, requests: requests.map((request, i) => `${depth[i]} ${request.path}`) };
  }

  /** One request for the session, one round of requests for the page. */
  async asksAtOnce(path) {
    const seen = await this.measure(path);
    if (seen.depth > DEPTH_LIMIT) this.fault(`${path} asks in ${seen.depth} steps: ${seen.requests.join(', ')}`);
    return seen;
  }

  async leave() {
    await this.context.close();
  }
}
