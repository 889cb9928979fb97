// Plays every role's day against a running demo: LAOSHAN_URL, LAOSHAN_LANGUAGES (zh-CN,en), LAOSHAN_SHOTS (folder for pictures),
// LAOSHAN_ROLES (all), LAOSHAN_MAIL (the folder the demo writes its mail to; without it nobody can register). The first language is
// played at 1280 pixels, the second at 375, so each page is seen both ways.
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { openBrowser, Person } from './browser.mjs';
import * as days from './days.mjs';

const url = process.env.LAOSHAN_URL ?? 'http://127.0.0.1:8080';
const languages = (process.env.LAOSHAN_LANGUAGES ?? 'zh-CN,en').split(',');
const shots = resolve(process.env.LAOSHAN_SHOTS ?? 'e2e/artefacts');
const DAYS = {
  visitor: days.visitor,
  newcomer: (person) => days.newcomer(person, mailed),
  applicant: days.applicant,
  member: days.member,
  officer: days.officer,
  keyboard: days.keyboard,
  approver: days.approver,
  department: days.department,
  expert: days.expert,
  bank: days.bank,
  fund_manager: days.fundManager,
  system_admin: days.systemAdmin,
  security_admin: days.securityAdmin,
  auditor: days.auditor,
};
const mails = process.env.LAOSHAN_MAIL;
const wanted = (process.env.LAOSHAN_ROLES?.split(',') ?? Object.keys(DAYS)).filter((role) => role !== 'newcomer' || mails);
if (!mails) console.log('without LAOSHAN_MAIL nobody new registers');

/** The code in the letter that was written to somebody. */
function mailed(email) {
  for (const name of readdirSync(mails).sort().reverse()) {
    const letter = readFileSync(join(mails, name), 'latin1');
    if (!letter.includes(email)) continue;
    const soft = letter.replace(/=\r?\n/g, '').replace(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(parseInt(hex, 16)));
    const packed = [...letter.matchAll(/base64\r?\n\r?\n([A-Za-z0-9+/=\r\n]+)/g)].map((part) => Buffer.from(part[1], 'base64').toString());
    return /(?:Code|验证码)[:：]\s*(\d{4,})/.exec([...packed, Buffer.from(soft, 'latin1').toString()].join('\n'))?.[1];
  }
  return undefined;
}

// The signed-in queue, as it is first loaded, in bytes that went over the wire.
const SCRIPT_LIMIT = 350 * 1024;

const faults = [];
const browser = await openBrowser();
for (const [i, lang] of languages.entries()) {
  const width = i === 0 ? 1280 : 375;
  for (const role of wanted) {
    const person = await new Person(browser, { url, lang, width, shots, faults }).enter();
    const begun = Date.now();
    try {
      await DAYS[role](person);
    } catch (error) {
      person.fault(`${role}: ${error.message}`);
      await person.page.screenshot({ path: resolve(shots, `FAILED-${lang}-${role}.png`), fullPage: true }).catch(() => undefined);
    }
    await person.leave();
    console.log(`${role} ${lang} ${width}px: ${person.count} pages looked at in ${((Date.now() - begun) / 1000).toFixed(1)} s`);
  }
}

if (wanted.includes('officer')) {
  const person = await new Person(browser, { url, lang: 'zh-CN', width: 1280, shots, faults }).enter();
  await person.signIn('officer');
  const token = await person.token();
  const first = async (path) => (await person.api('GET', `${path}${path.includes('?') ? '&' : '?'}limit=1`, { token })).items[0]?.id;
  const paths = ['/queue', '/decisions', '/rounds', '/objections', '/library', '/enterprises', '/claims', '/notices', '/rule-sets', '/account',
    `/applications/${await first('/applications?state=submitted')}`, `/rounds/${await first('/rounds')}`, `/enterprises/${await first('/enterprises')}`,
    '/messages', '/messages/preferences', '/promotions', '/rechecks', '/recheck-draws', '/annual-updates', '/major-changes', '/tracks', '/links', '/leads', '/directions', '/letters', '/letters/digest',
    `/rechecks/${await first('/rechecks')}`, `/annual-updates/${await first('/annual-updates')}`, `/major-changes/${await first('/major-changes')}`, `/leads/${await first('/recruitment-leads')}`, `/links/${await first('/enterprise-links')}`,
    `/directions/${await first('/directions')}`, '/tracks/terahertz', `/rounds/${await first('/rounds?state=open')}/prospects`,
    `/library/${await first('/memberships')}`, `/objections/${await first('/objections')}`, `/rule-sets/${await first('/rule-sets')}`];
  for (const path of paths) {
    await person.asksAtOnce(path);
    if (path === '/queue') {
      // A browser that has nothing yet.
      const fresh = await new Person(browser, { url, lang: 'zh-CN', width: 1280, shots, faults }).enter();
      await fresh.signIn('officer');
      const state = await fresh.context.storageState();
      await fresh.leave();
      const cold = await new Person(browser, { url, lang: 'zh-CN', width: 1280, shots, faults }).enter();
      await cold.context.addCookies(state.cookies);
      await cold.context.addInitScript(() => localStorage.setItem('laoshan.signed-in', '1'));
      const { script } = await cold.measure('/queue');
      console.log(`first load of the queue: ${(script / 1024).toFixed(0)} kB of compressed JavaScript`);
      if (script === 0 || script > SCRIPT_LIMIT) cold.fault(`the queue loads ${script} bytes of script`);
      await cold.leave();
    }
  }
  // Last of all, because everybody's deadlines move with it.
  const before = (await person.api('GET', '/demo/clock')).now;
  await person.goto('/queue');
  await person.button('+7 天', '+7 days').click();
  await days.until('the clock moved by a week', async () => Date.parse((await person.api('GET', '/demo/clock')).now) - Date.parse(before) >= 7 * 86_400_000);
  await person.page.locator('.demo-buttons .ant-btn-loading').first().waitFor({ state: 'detached' });
  if (await person.page.getByRole('dialog').isVisible()) person.fault('whoever moves the clock has to sign in again');
  await person.check('a-week-later');
  await person.leave();
}
await browser.close();

if (faults.length > 0) {
  console.error(`${faults.length} faults:\n${[...new Set(faults)].join('\n')}`);
  process.exit(1);
}
console.log(`no faults; pictures in ${shots}`);
