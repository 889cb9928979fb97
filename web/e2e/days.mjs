// Each role's day, as it is told in the issue of the console: what they open, what they do, what they see afterwards.

/** Somebody who has no account: reads, checks their enterprise, objects. */
export async function visitor(person) {
  const { page } = person;
  await person.goto('/');
  await page.keyboard.press('Tab');
  expect(await page.evaluate(() => document.activeElement?.className === 'skip'), 'the first Tab leads to "skip to the content"');
  await page.keyboard.press('Enter');
  expect(await page.evaluate(() => document.activeElement?.id === 'content'), 'and Enter leads there');
  await person.check('welcome');
  await person.follow(person.link('开始自测', 'Start the self-check'));
  await person.check('self-check');
  await person.field('所属赛道', 'Track').selectOption('marine_electronics');
  await person.field('成立日期', 'Registered on').fill('2022-05-20');
  await page.getByRole('radiogroup').first().getByText(person.say('是', 'Yes'), { exact: true }).click();
  await person.button('下一步', 'Next').click();
  // Ten thousand yuan is typed, fen is sent, and the whole amount is echoed.
  const revenue = page.getByRole('textbox', { name: new RegExp(person.say('^营业收入 \\d{4}', '^Revenue \\d{4}')) }).first();
  await revenue.fill('1234.5678');
  await page.getByText('12,345,678.00').first().waitFor();
  await person.check('self-check-figures');
  await person.button('直接看结果', 'Show the result').click();
  await page.getByText(person.say('种子企业 · 准入条件', 'Seed enterprise · Gate')).waitFor();
  await person.check('self-check-result');
  await person.goto('/notices');
  await person.check('notices');
  await person.follow(page.locator('table.data a').first());
  const object = person.button('我要提出异议', 'I want to object');
  await object.click();
  await person.button('提交异议', 'Send').click();
  await page.getByRole('alert').waitFor();
  await person.check('objection-faults');
  await person.field('针对的企业', 'About which enterprise').selectOption({ index: 1 });
  await person.field('您的姓名或单位', 'Your name').fill('王实名');
  await person.field('联系方式', 'How to reach you').fill('13800138000');
  await person.field('异议内容', 'What you object to').fill('该企业申报的专利权属存在争议，正在诉讼中。');
  await person.field('证据或线索', 'Evidence').fill('法院立案通知书（2026）鲁02民初1号');
  await person.button('提交异议', 'Send').click();
  await page.getByText(person.say('异议已收到', 'Your objection was received')).waitFor();
  await person.check('objection-received');
  await person.goto('/certificates');
  await person.field('证书编号', 'Certificate number').fill('LS-WLZX-2026-9999');
  await person.button('查验', 'Check').click();
  await page.getByText(person.say('没有这个编号的证书', 'There is no certificate with this number')).waitFor();
  await person.check('certificate');
  await person.goto('/register');
  await person.button('注册', 'Register').click();
  await page.getByRole('alert').waitFor();
  await person.check('registration-faults');
}

/**
 * Somebody new: checks themselves, registers, confirms the address with the code that was mailed (`mail` reads it), and begins an
 * application with what the self-check knows. In the first language without a mouse, in the second with a thumb.
 */
export async function newcomer(person, mail) {
  const { page } = person;
  person.name = 'newcomer';
  const keys = person.width > 600;
  const press = async (zh, en) => {
    const name = person.say(zh, en);
    if (keys) {
      await person.tabTo(zh, en);
      await page.keyboard.press('Enter');
    } else await page.getByRole('button', { name, exact: true }).or(page.getByRole('link', { name, exact: true })).first().click();
    await person.settled();
  };
  const type = async (zh, en, text) => {
    const field = page.getByLabel(person.say(zh, en)).first();
    if (keys) {
      await person.tabTo(zh, en);
      await page.keyboard.type(text);
    } else await field.fill(text);
  };
  const stamp = String(Date.now());
  const email = `new${stamp}@firm.example`;
  await person.goto('/');
  await press('开始自测', 'Start the self-check');
  await press('下一步', 'Next');
  // Without a track there is nothing to check against, and it is said where it is chosen.
  await page.locator('.field-wrong').first().waitFor();
  await person.check('no-track');
  const track = page.getByLabel(person.say('所属赛道', 'Track'));
  if (keys) {
    await person.tabTo('所属赛道', 'Track');
    await page.keyboard.press('ArrowDown');
  } else await track.selectOption({ index: 1 });
  const chosen = await track.inputValue();
  await press('下一步', 'Next');
  const { now } = await person.api('GET', '/demo/clock');
  const year = Number(now.slice(0, 4)) - 1;
  await type(`营业收入 ${year}`, `Revenue ${year}`, '180');
  await press('直接看结果', 'Show the result');
  await page.getByText(person.say('种子企业 · 准入条件', 'Seed enterprise · Gate')).waitFor();
  await press('注册并申报', 'Register and apply');
  await type('统一社会信用代码', 'Unified social credit code', creditCode(`MA${stamp.slice(-6)}`));
  await type('企业名称', 'Enterprise', `青岛新来${stamp.slice(-4)}科技有限公司`);
  await type('您的姓名', 'Your name', '新来者');
  await type('手机号', 'Mobile', '13800138123');
  await type('邮箱', 'E-mail', email);
  await type('密码', 'Password', 'Laoshan-demo-2026');
  if (keys) {
    await person.tabTo('我已阅读并同意个人信息处理告知', 'I have read the privacy notice and agree');
    await page.keyboard.press('Space');
  } else await page.getByRole('checkbox').check({ force: true });
  await press('注册', 'Register');
  const asked = page.locator('input[autocomplete=one-time-code]');
  await asked.waitFor();
  expect(await page.evaluate(() => document.activeElement?.tagName === 'H1'), 'the next step is read from its title');
  await person.check('code');
  let code;
  await until('a code is mailed', async () => (code = mail(email)) !== undefined);
  if (keys) await type('验证码', 'Code', code);
  else await asked.fill(code);
  await press('确认', 'Confirm');
  await press('去登录', 'Sign in');
  await type('邮箱', 'E-mail', email);
  await type('密码', 'Password', 'Laoshan-demo-2026');
  await page.keyboard.press('Enter');
  await page.waitForURL((to) => !to.pathname.startsWith('/sign-in'));
  await person.settled();
  await person.check('first-home');
  await press('申报种子企业', 'Apply as seed enterprise');
  await page.waitForURL((to) => to.pathname.endsWith('/form'));
  await person.settled();
  await press('带入自测中填写的数据', 'Take over what I typed in the self-check');
  const session = await page.request.post(`${person.url}/api/v1/auth/sessions`, { data: { email, password: 'Laoshan-demo-2026' } });
  const { access_token: token } = await session.json();
  const id = new URL(page.url()).pathname.split('/')[2];
  await until('the figures of the self-check are in the application', async () => {
    const { form } = await person.api('GET', `/applications/${id}`, { token });
    return form.track === chosen && form.figures.years[year].revenue === 180_000_000 && form.contact.name === '新来者';
  });
  await page.evaluate(() => scrollTo(0, 0));
  await person.check('first-form');
}

/** A unified social credit code with both its check characters (GB 32100, GB 11714). */
function creditCode(organisation) {
  const weighed = (text, letters, weight) => [...text].reduce((sum, letter, i) => sum + letters.indexOf(letter) * weight(i), 0);
  const check = (11 - weighed(organisation, '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ', (i) => [3, 7, 9, 10, 5, 8, 4, 2][i]) % 11) % 11;
  const letters = '0123456789ABCDEFGHJKLMNPQRTUWXY';
  const most = `91370212${organisation}${check === 10 ? 'X' : check}`;
  return most + letters[(31 - weighed(most, letters, (i) => 3 ** i % 31) % 31) % 31];
}

/** An applicant: sees what to do, fills in, meets a conflict and the end of the session, loses nothing, submits. */
export async function applicant(person) {
  const { page } = person;
  await person.signIn('applicant');
  await beginsAnew(person);
  await person.check('home');
  await person.follow(page.locator('.next-step a[href^="/applications/"]').first());
  await person.check('form');
  const id = new URL(page.url()).pathname.split('/')[2];
  const summary = person.field('企业及核心技术简介', 'The enterprise and its core technology');
  const token = await person.token();
  const form = async (of = token) => (await person.api('GET', `/applications/${id}`, { token: of })).form;

  const first = '面向深海装备的太赫兹无损检测，核心器件自主研发，已在两家在库企业使用。';
  await summary.fill(first);
  await until('what was typed is saved by itself', async () => (await form()).summary === first);
  const stored = await person.api('GET', `/applications/${id}`, { token });

  // Somebody else changes it meanwhile.
  await person.api('PATCH', `/applications/${id}`, { token, version: stored.version, data: { summary: '同事改过的简介，同样超过十个字。', contact: { position: '副总经理' } } });
  await summary.fill(`${first}年内扩产。`);
  await page.getByText(person.say('他人也修改了本申报', 'Somebody else has changed this application')).waitFor();
  await person.check('conflict');
  await person.button('在对方版本上保留我的修改', 'Keep mine on top of theirs').click();
  await until('both changes are kept', async () => {
    const merged = await form();
    return merged.summary === `${first}年内扩产。` && merged.contact.position === '副总经理';
  });

  // The session is ended elsewhere; what is typed then is saved after signing in again.
  await person.api('DELETE', '/auth/sessions', { token });
  await summary.fill(`${first}会话结束后继续填写。`);
  await page.getByText(person.say('登录已到期', 'Your session has ended')).waitFor();
  await person.check('session-ended');
  await person.field('密码', 'Password').fill('Laoshan-demo-2026');
  await person.button('重新登录', 'Sign in again').click();
  const anew = await person.token();
  await until('nothing typed was lost with the session', async () => (await form(anew)).summary === `${first}会话结束后继续填写。`);

  // A file that does not arrive is kept and sent again.
  const file = { name: '营业执照.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF') };
  await page.route('**/attachments?*', (route) => route.abort(), { times: 1 });
  await page.locator('#section-attachments input[type=file]').first().setInputFiles(file);
  await page.locator('#section-attachments').getByRole('alert').waitFor();
  await person.check('upload-failed');
  await page.locator('#section-attachments').getByRole('button', { name: person.say('重试', 'Try again') }).click();
  await page.locator('#section-attachments').getByRole('button', { name: '营业执照.pdf' }).first().waitFor();
  const files = await person.api('GET', `/applications/${id}/attachments`, { token: anew });
  expect(files.items.length === 1 && files.items[0].name === '营业执照.pdf' && files.items[0].item === 'F01', 'the file is kept under what it proves');
  await person.check('files');

  // What is missing is said at its field.
  const phone = person.field('电话', 'Telephone');
  const confirm = page.getByRole('dialog').getByRole('button', { name: person.say('确认提交', 'Submit'), exact: true });
  await phone.fill('12345');
  await until('a wrong number is kept in a draft', async () => (await form(anew)).contact.mobile === '12345');
  await person.button('提交申报', 'Submit').click();
  await confirm.click();
  await page.locator('.fault-summary').waitFor();
  await page.locator('.field-wrong').first().waitFor();
  await person.check('form-faults');
  await phone.fill('13800138000');
  await until('the right number is saved', async () => (await form(anew)).contact.mobile === '13800138000');
  await person.button('提交申报', 'Submit').click();
  await confirm.click();
  await page.waitForURL((to) => to.pathname === `/applications/${id}`);
  await person.settled();
  await page.getByText(person.say('我们已收到您的申报', 'We have your application')).first().waitFor();
  await person.check('status');
  await person.goto('/account');
  await person.check('account');
  await claimsASubsidy(person);
}

/** Whoever plays the applicant's day a second time has handed the draft in: it is withdrawn, and a new one begins with what it said. */
async function beginsAnew(person) {
  const token = await person.token();
  const mine = (await person.api('GET', '/applications', { token })).items;
  if (mine.some((one) => one.state === 'draft')) return;
  const old = await person.api('GET', `/applications/${mine.find((one) => one.state === 'submitted').id}`, { token });
  await person.api('POST', `/applications/${old.id}/withdrawal`, { token, version: old.version, data: { reason: '换一种语言再填一次' } });
  const made = await person.api('POST', '/applications', { token, data: { round_id: old.round_id, enterprise_id: old.enterprise.id, tier: old.tier, copy_from: old.id } });
  // What is stated in one application is stated anew in the next; the day itself begins with everything stated but the summary.
  await person.api('PATCH', `/applications/${made.id}`, { token, version: made.version, data: { statements: old.form.statements, summary: null } });
  await person.goto('/home');
}

/** Claims the subsidy: a draft the first time, what the fund manager returned the second; is told what is missing, and hands it in. */
async function claimsASubsidy(person) {
  const { page } = person;
  const token = await person.token();
  await person.goto('/subsidies');
  await person.check('subsidies');
  const open = async (state) => (await person.api('GET', `/subsidy-claims?state=${state}`, { token })).items[0];
  const claim = await open('draft') ?? await open('returned');
  expect(claim, 'a claim is still to be handed in');
  const handIn = claim.state === 'draft' ? person.button('提交申请', 'Submit') : person.button('重新提交', 'Submit again');
  const name = async () => (await person.api('GET', `/subsidy-claims/${claim.id}`, { token })).form.contact_name ?? '';
  await person.goto(`/subsidies/${claim.id}/form`);
  await person.check('subsidy-form');
  const contact = person.field('联系人姓名', 'Contact');
  await contact.fill('');
  await until('the name is gone', async () => await name() === '');
  await handIn.click();
  await page.locator('.fault-summary').waitFor();
  await page.locator('.field-wrong').first().waitFor();
  await person.check('subsidy-faults');
  await contact.fill('王会计');
  await until('the name is saved', async () => await name() === '王会计');
  await handIn.click();
  await page.waitForURL((to) => to.pathname === `/subsidies/${claim.id}`);
  await person.settled();
  const filed = await person.api('GET', `/subsidy-claims/${claim.id}`, { token });
  expect(filed.state === 'filed' && filed.computed_fen > 0, `the claim is handed in, not ${filed.state}`);
  await person.check('subsidy-filed');
  const paid = (await person.api('GET', '/subsidy-claims?state=paid', { token })).items[0];
  await person.goto(`/subsidies/${paid.id}`);
  await person.check('subsidy-paid');
  await person.printed('subsidy');
  const loan = (await person.api('GET', '/loans', { token })).items[0];
  await person.goto(`/loans/${loan.id}`);
  await person.check('own-loan');
}

/** A member of the library: reports the figures of the year and says why they moved, and tells of a move to another address. */
export async function member(person) {
  const { page } = person;
  const firm = person.lang === 'en' ? 'firm28' : 'firm26';
  await person.signIn(firm);
  await person.check('member-home');
  const token = await person.token();
  const year = Number((await person.api('GET', '/demo/clock', { token })).now.slice(0, 4));
  let report = (await person.api('GET', `/annual-updates?year=${year}`, { token })).items[0];
  expect(!report || report.state === 'draft', 'the yearly report is still to be handed in');
  if (report) await page.locator('.next-step a[href^="/annual-updates/"]').first().click();
  else await person.button(`填报 ${year} 年度更新`, `Report for ${year}`).click();
  await page.waitForURL((to) => to.pathname.startsWith('/annual-updates/'));
  await person.settled();
  await person.check('yearly-report');
  const id = new URL(page.url()).pathname.split('/')[2];
  report = await person.api('GET', `/annual-updates/${id}`, { token });
  const revenue = page.getByRole('textbox', { name: new RegExp(person.say('^营业收入', '^Revenue')) }).first();
  await revenue.fill('99000');
  const entries = async () => (await person.api('GET', `/annual-updates/${id}`, { token })).entries;
  await until('the figure is saved by itself', async () => (await entries()).find((one) => one.indicator === 'revenue').value === 99_000_000_000);
  const why = page.getByRole('textbox', { name: new RegExp(person.say('变动原因$|：变动原因', ': why')) });
  await why.first().waitFor();
  await why.first().fill('');
  await person.button('提交年度更新', 'Hand in').click();
  await page.locator('.fault-summary').waitFor();
  await page.locator('.field-wrong').first().waitFor();
  await person.check('yearly-report-faults');
  // Handing in sends what is still on its way first.
  for (const field of await why.all()) await field.fill('两条新产线投产，新增海外订单。');
  await person.button('提交年度更新', 'Hand in').click();
  await page.getByText(person.say('待核验', 'To be verified')).first().waitFor();
  await person.check('yearly-report-handed-in');
  expect((await person.api('GET', `/annual-updates/${id}`, { token })).state === 'submitted', 'the report is handed in');
  await person.goto('/home');
  await person.button('报告重大变更', 'Report a major change').click();
  await page.getByRole('dialog').getByLabel(person.say('变更类别', 'What changed')).selectOption('relocation');
  await person.check('major-change');
  await answer(person, [[['新地址', 'New address'], '青岛市崂山区科苑纬一路 1 号']], ['提交', 'Send']);
  await page.waitForURL((to) => to.pathname.startsWith('/major-changes/'));
  await person.settled();
  await person.check('major-change-reported');
}

/** Of a yearly report one value is asked about and the rest verified; a major change is settled. */
export async function judgesReports(person) {
  const { page } = person;
  const token = await person.token();
  const waiting = (await person.api('GET', '/annual-updates?state=submitted', { token })).items[0];
  expect(waiting, 'a yearly report waits to be judged');
  await person.goto(`/annual-updates/${waiting.id}`);
  await page.getByLabel(person.say('营业收入：核验', 'Revenue: verdict'), { exact: true }).selectOption('questioned');
  await page.getByLabel(person.say('营业收入：询问内容', 'Revenue: question')).fill('与纳税申报表不一致，请核对。');
  await person.button('其余全部通过', 'The rest is right').click();
  await person.check('judging');
  await person.button('提交核验结果', 'Save the verdicts').click();
  await page.getByText(person.say('待答复', 'Questions to answer')).first().waitFor();
  const judged = await person.api('GET', `/annual-updates/${waiting.id}`, { token });
  expect(judged.state === 'questioned' && judged.entries.every((one) => one.verdict === (one.indicator === 'revenue' ? 'questioned' : 'verified')), 'one value is asked about, the rest verified');
  await person.check('judged');
  await person.goto(`/update-windows/${waiting.year}`);
  await person.check('window');
  const change = (await person.api('GET', '/major-changes?state=reported', { token })).items[0];
  await person.goto(`/major-changes/${change.id}`);
  await person.check('change');
  await person.button('处理变更', 'Settle').click();
  await answer(person, [[['处理结果', 'Outcome'], 'keep'], [['理由', 'Reason'], '材料齐全，不影响认定条件。']], ['处理变更', 'Settle']);
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  expect((await person.api('GET', `/major-changes/${change.id}`, { token })).state === 'kept', 'the change is settled');
}

/** An officer: finds what waits, accepts one case with judgement, returns another, tries a step on many, prepares a proposal. */
export async function officer(person) {
  const { page } = person;
  await person.signIn('officer');
  await person.check('queue');
  await person.link('待受理', 'To be accepted').click();
  await page.waitForURL((to) => to.searchParams.get('state') === 'submitted');
  await person.settled();
  const token = await person.token();
  // A case is found by its name, and by its code: both stand in the address.
  const sought = (await person.api('GET', '/applications?limit=1&state=submitted', { token })).items[0].enterprise;
  for (const [i, what] of [sought.name, sought.credit_code].entries()) {
    const there = await person.api('GET', `/applications?count=true&q=${encodeURIComponent(what)}`, { token });
    await person.goto('/queue');
    await person.field('企业名称或信用代码', 'Name or credit code').fill(what);
    await page.keyboard.press('Enter');
    await page.waitForURL((to) => to.searchParams.get('q') === what);
    await page.getByText(person.say(`共 ${there.total} 条`, `${there.total} in all`)).waitFor();
    expect((await page.locator('table.data tbody td a').allInnerTexts()).every((name) => name === sought.name), 'only what was sought is listed');
    if (i === 0) await person.check('queue-search');
  }
  const reviewing = (await person.api('GET', '/rounds?state=formal_review', { token })).items[0];
  const waiting = (await person.api('GET', `/applications?state=submitted&round_id=${reviewing.id}`, { token })).items;
  await person.goto(`/queue?state=submitted&round_id=${reviewing.id}`);
  expect(waiting.length > 1, 'applications wait for their formal review');
  await page.locator('thead input[type=checkbox]').check({ force: true });
  await person.button('批量形式审查不通过', 'Reject at the formal review').click();
  await person.field('理由', 'Reason').fill('仅为试运行');
  await person.button('试运行', 'Try it').click();
  await page.getByText(person.say('试运行通过，尚未执行。', 'The trial went through; nothing is done yet.')).waitFor();
  await person.check('bulk-trial');
  await page.keyboard.press('Escape');
  await person.goto(`/applications/${waiting[0].id}`);
  await person.check('application');
  await person.printed('application');
  await person.button('受理', 'Accept').click();
  await person.button('受理', 'Accept').last().waitFor();
  await person.check('acceptance');
  for (const group of await page.getByRole('dialog').getByRole('radiogroup').all()) {
    const veto = (await group.locator('xpath=ancestor::fieldset').innerText()).includes(person.say('“是”表示涉及', 'Yes means it applies'));
    await group.getByText(veto ? person.say('否', 'No') : person.say('是', 'Yes'), { exact: true }).click();
  }
  await page.getByRole('dialog').getByLabel(person.say('核验依据', 'What it was judged by')).fill('查验营业执照原件、信用中国记录');
  await page.getByRole('dialog').getByRole('button', { name: person.say('受理', 'Accept'), exact: true }).click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  const accepted = await person.api('GET', `/applications/${waiting[0].id}`, { token });
  expect(accepted.state === 'accepted', `the application is accepted, not ${accepted.state}`);
  await person.check('accepted');
  await person.goto(`/applications/${waiting[1].id}`);
  await person.button('退回补正', 'Return for correction').click();
  await page.getByRole('dialog').getByLabel(person.say('意见', 'Remark')).first().fill('请补充上年度审计报告对应的营业收入');
  await person.check('return');
  await page.getByRole('dialog').getByRole('button', { name: person.say('退回', 'Return'), exact: true }).click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  const returned = await person.api('GET', `/applications/${waiting[1].id}`, { token });
  expect(returned.state === 'returned' && returned.returns.length === 1, 'the application is returned with the remark');
  const queue = await person.api('GET', '/applications?mine=true&count=true', { token });
  await person.goto('/queue?mine=true');
  await page.getByText(person.say(`共 ${queue.total} 条`, `${queue.total} in all`)).waitFor();
  await person.check('mine');
  await person.goto('/queue?overdue=true');
  await person.check('overdue');
  await person.goto(`/rounds/${reviewing.id}`);
  await person.check('round');
  await person.goto('/rounds/new');
  await person.button('保存草稿', 'Save draft').click();
  await page.locator('.fault-summary').waitFor();
  await person.check('round-faults');
  // Somebody else saves the same settings meanwhile: both sides are shown, and saving again is a choice.
  const whole = await person.api('GET', `/rounds/${reviewing.id}`, { token });
  const { now } = await person.api('GET', '/demo/clock', { token });
  const later = (days) => new Date(Date.parse(now) + days * 86_400_000).toISOString();
  const made = await person.api('POST', '/rounds', { token, data: { name: `试编批次 ${person.lang}`, year: whole.year, tiers: ['seed'], rule_set_id: whole.rule_set_id, opens_at: later(40), closes_at: later(60) } });
  await person.goto(`/rounds/${made.id}/edit`);
  await person.api('PATCH', `/rounds/${made.id}`, { token, version: made.version, data: { name: '同事改过的名称' } });
  const name = person.field('名称', 'Name');
  await name.fill('我改过的名称');
  await person.button('保存', 'Save').click();
  await page.getByText('同事改过的名称').first().waitFor();
  await person.check('round-conflict');
  await person.button('保存', 'Save').click();
  await page.waitForURL((to) => to.pathname === `/rounds/${made.id}`);
  await person.settled();
  expect((await person.api('GET', `/rounds/${made.id}`, { token })).name === '我改过的名称', 'what was chosen with both sides in view is kept');
  const objection = (await person.api('GET', '/objections?limit=1', { token })).items[0];
  await person.goto(`/objections/${objection.id}`);
  await person.check('objection');
  const enterprise = (await person.api('GET', '/enterprises?limit=1', { token })).items[0];
  await person.goto(`/enterprises/${enterprise.id}`);
  await person.check('enterprise');
  for (const [zh, en] of [['年度数据', 'Annual figures'], ['资质与事实', 'Titles and facts'], ['人员', 'People'], ['申报与在库', 'Applications and library']]) {
    await page.getByRole('tab', { name: person.say(zh, en) }).click();
    await person.check(`enterprise-${en.split(' ')[0].toLowerCase()}`);
  }
  const member = (await person.api('GET', '/memberships?limit=1&state=active', { token })).items[0];
  await person.goto(`/library/${member.id}`);
  await person.check('certificate');
  await person.printed('certificate');
  await person.goto('/rule-sets');
  await person.follow(page.locator('table.data a').first());
  await person.check('rules');
  await person.goto('/enterprises/import');
  await page.locator('#import-file').setInputFiles({ name: 'register.csv', mimeType: 'text/csv', buffer: Buffer.from('统一社会信用代码,企业名称\n123,青岛某某公司\n') });
  await person.button('试运行', 'Try it').click();
  await page.locator('[role=alert], [role=status]').first().waitFor();
  await person.check('import');
  await plansAVisit(person);
  await readsMessages(person);
  await keepsTheLibrary(person);
  await invites(person);
  await judgesReports(person);
  await tendsTheChain(person);
  await looksIntoReviews(person);
  await everyPlace(person);
}

/** What is typed into a dialog of the common kind, by label; a list is chosen from by its code. */
export async function answer(person, fields, [zh, en]) {
  const dialog = person.page.getByRole('dialog').last();
  for (const [name, value] of fields) {
    const field = dialog.getByLabel(person.say(...name)).first();
    if (await field.evaluate((one) => one.tagName === 'SELECT')) await field.selectOption(value);
    else await field.fill(value);
  }
  await dialog.getByRole('button', { name: person.say(zh, en), exact: true }).click();
}

/** The library: as it was, a watch begun and ended, a re-check opened and concluded, members drawn at random. */
export async function keepsTheLibrary(person) {
  const { page } = person;
  const token = await person.token();
  const dialog = page.getByRole('dialog');
  const { now } = await person.api('GET', '/demo/clock', { token });
  await person.goto('/library');
  await person.field('截至哪一天', 'As of').fill(new Date(Date.parse(now) - 90 * 86_400_000).toISOString().slice(0, 10));
  await page.locator('.ant-alert-info').waitFor();
  await person.check('library-as-of');
  const member = (await person.api('GET', '/memberships?limit=1&state=active&tier=seed', { token })).items[0];
  const state = async () => (await person.api('GET', `/memberships/${member.id}`, { token })).state;
  await person.goto(`/library/${member.id}`);
  await page.getByText(person.say('高一级类别', 'Next:')).first().waitFor();
  await person.check('membership');
  await person.button('列入预警', 'Put on watch').click();
  await answer(person, [], ['列入预警', 'Put on watch']);
  await page.locator('.fault-summary').waitFor();
  await person.check('watch-faults');
  await answer(person, [[['原因', 'Cause'], 'other'], [['理由', 'Reason'], '三季度用电量下降一半，待核实。']], ['列入预警', 'Put on watch']);
  await dialog.waitFor({ state: 'detached' });
  expect(await state() === 'watch', 'the member is on watch');
  await person.button('解除预警', 'End the watch').click();
  await answer(person, [[['理由', 'Reason'], '搬迁所致，新厂已投产。']], ['解除预警', 'End the watch']);
  await dialog.waitFor({ state: 'detached' });
  expect(await state() === 'active', 'the watch has ended');
  const past = page.locator('.history');
  await past.getByText(person.say('列入预警', 'Put on watch'), { exact: true }).first().waitFor();
  await past.getByText(person.say('恢复正常在库', 'Back in good standing'), { exact: true }).first().waitFor();
  await person.check('membership-history');
  await person.button('启动复核', 'Open a re-check').click();
  await answer(person, [[['原因', 'Cause'], 'other']], ['启动复核', 'Open a re-check']);
  await page.waitForURL((to) => to.pathname.startsWith('/rechecks/'));
  await person.settled();
  await person.check('recheck');
  await person.button('作出复核结论', 'Conclude').click();
  await person.check('recheck-conclusion');
  await answer(person, [[['结论', 'Outcome'], 'keep'], [['理由', 'Reason'], '各项指标仍符合要求。'], [['依据条款', 'Legal basis'], '管理办法第十五条']], ['提请审批', 'Send for approval']);
  await dialog.waitFor({ state: 'detached' });
  const id = new URL(page.url()).pathname.split('/')[2];
  const waiting = (await person.api('GET', '/decisions?state=pending&action=recheck.conclude', { token })).items;
  expect(waiting.some((one) => one.subject.id === id), 'the approvers are asked for the conclusion');
  await person.goto('/recheck-draws');
  await person.button('双随机抽取', 'Draw').click();
  await answer(person, [[['抽取比例', 'Share'], '5']], ['双随机抽取', 'Draw']);
  await dialog.waitFor({ state: 'detached' });
  await page.getByText(person.say('重放结果一致', 'Replay matches')).first().waitFor();
  const draw = (await person.api('GET', '/recheck-draws?limit=1', { token })).items[0];
  const drawn = (await person.api('GET', `/rechecks?draw_id=${draw.id}`, { token })).items;
  expect(drawn.length === draw.drawn.length, 'the draw opened a re-check of everybody it drew');
  await page.getByText(person.say('抽中的企业', 'Who was drawn')).first().click();
  await page.locator('details[open] a').getByText(drawn[0].enterprise_name).waitFor();
  await person.check('recheck-draws');
}

/** A candidate that has come to fulfil the rules of the open round is found and asked to apply. */
export async function invites(person) {
  const { page } = person;
  const token = await person.token();
  const round = (await person.api('GET', '/rounds?state=open', { token })).items[0];
  const prospects = async () => (await person.api('GET', `/rounds/${round.id}/prospects`, { token })).items;
  // The demo's candidates have all applied already: a park refers one that has not.
  for (const firm of (await person.api('GET', '/enterprises?limit=100', { token })).items) {
    if ((await prospects()).some((one) => !one.invited)) break;
    if (firm.tiers.length > 0) continue;
    const kept = await person.api('POST', '/memberships', { token, data: { enterprise_id: firm.id, lane: 'ladder', source: 'referral', detail: { referred_by: '崂山某园区' } } });
    if (kept.id) await person.api('POST', `/enterprises/${firm.id}/facts`, { token, data: { kind: 'ip', detail: { class1_granted: 2 } } });
  }
  const found = (await prospects()).find((one) => !one.invited);
  expect(found, 'somebody in the library could apply');
  await person.goto(`/rounds/${round.id}`);
  await person.follow(person.link('可邀请的企业', 'Who could apply'));
  await person.check('prospects');
  await page.getByRole('checkbox', { name: person.say(`选择 ${found.enterprise_name}`, `Select ${found.enterprise_name}`) }).check({ force: true });
  await person.button('邀请所选', 'Invite these').click();
  await answer(person, [], ['邀请申报', 'Invite']);
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  expect((await prospects()).find((one) => one.membership_id === found.membership_id).invited, 'the enterprise is invited');
  await page.getByText(person.say('已邀请', 'Invited'), { exact: true }).first().waitFor();
  await person.check('invited');
}

/** The chain of a track: what is missing is noted, somebody is courted for it; a new direction is watched and reviewed. */
export async function tendsTheChain(person) {
  const { page } = person;
  const dialog = page.getByRole('dialog');
  const token = await person.token();
  const { now } = await person.api('GET', '/demo/clock', { token });
  const day = (ahead) => new Date(Date.parse(now) + 8 * 3600_000 + ahead * 86_400_000).toISOString().slice(0, 10);
  const item = `减振支架 ${person.lang} ${Date.now()}`;
  await person.goto('/tracks');
  await person.follow(page.locator('table.data a').first());
  await person.check('supply');
  await person.button('登记上下游关系', 'Add a link').click();
  const member = (await person.api('GET', '/memberships?limit=1&state=active', { token })).items[0];
  await dialog.getByLabel(person.say('企业：按名称查找', 'Enterprise: find by name'), { exact: true }).fill(member.enterprise_name.slice(2, 4));
  await dialog.getByRole('option', { name: member.enterprise_name }).first().waitFor({ state: 'attached' });
  await answer(person, [[['关系', 'Relation'], 'buys_from'], [['产品或合作内容', 'What is supplied or developed'], item]], ['保存', 'Save']);
  await page.locator('.fault-summary').waitFor();
  await person.check('link-faults');
  await dialog.getByRole('combobox', { name: new RegExp(person.say('^企业', '^Enterprise')) }).selectOption({ label: member.enterprise_name });
  await answer(person, [], ['保存', 'Save']);
  await dialog.waitFor({ state: 'detached' });
  const missing = (await person.api('GET', '/enterprise-links?missing=true', { token })).items.find((one) => one.item === item);
  expect(missing, 'the missing link is noted');
  await person.goto(`/links/${missing.id}`);
  await person.check('link');
  await person.button('登记招引线索', 'Add a lead').click();
  await answer(person, [[['企业名称', 'Enterprise'], `无锡某减振公司 ${person.lang}`], [['承诺投资额', 'Promised investment'], '3000']], ['保存', 'Save']);
  await page.waitForURL((to) => to.pathname.startsWith('/leads/'));
  await person.settled();
  await person.button('推进', 'Move on').click();
  await answer(person, [[['进度', 'Stage'], 'negotiating']], ['推进', 'Move on']);
  await dialog.waitFor({ state: 'detached' });
  const lead = await person.api('GET', `/recruitment-leads/${new URL(page.url()).pathname.split('/')[2]}`, { token });
  expect(lead.stage === 'negotiating' && lead.link_id === missing.id && lead.investment_fen === 3_000_000_000, 'somebody is courted for it');
  await person.check('lead');
  await person.goto('/directions');
  await person.button('新增方向', 'Add a direction').click();
  await answer(person, [
    [['代码', 'Code'], `direction_${Date.now()}`], [['中文名称', 'Chinese name'], '海洋碳汇'], [['英文名称', 'English name'], 'Ocean carbon sinks'], [['评审日', 'Review on'], day(30)],
  ], ['保存', 'Save']);
  await page.waitForURL((to) => to.pathname.startsWith('/directions/'));
  await person.settled();
  await person.button('记录信号', 'Note a signal').click();
  await answer(person, [[['日期', 'Observed on'], day(0)], [['内容', 'What was noticed'], '三家企业设立研发部门'], [['来源', 'Source'], '走访记录']], ['记录信号', 'Note a signal']);
  await dialog.waitFor({ state: 'detached' });
  await person.button('评审', 'Review').click();
  await answer(person, [[['结论', 'Verdict'], 'keep'], [['理由', 'Reason'], '企业数量尚少，再看一年。'], [['下次评审日期', 'Next review'], day(365)]], ['评审', 'Review']);
  await dialog.waitFor({ state: 'detached' });
  await page.getByText('走访记录').waitFor();
  await person.check('direction');
}

/** Two people are sent to an enterprise, from the page of its application. */
async function plansAVisit(person) {
  const { page } = person;
  const token = await person.token();
  const dialog = page.getByRole('dialog');
  const scored = (await person.api('GET', '/applications?limit=50&state=scored', { token })).items;
  let at;
  for (const one of scored) {
    const { actions } = await person.api('GET', `/applications/${one.id}`, { token });
    if (actions.some((action) => action.action === 'site_visit.plan' && action.allowed)) at = one;
  }
  expect(at, 'somewhere a visit can be planned');
  const { now } = await person.api('GET', '/demo/clock', { token });
  const on = new Date(Date.parse(now) + 14 * 86_400_000).toISOString().slice(0, 10);
  const { items: people } = await person.api('GET', `/applications/${at.id}/visitors`, { token });
  await person.goto(`/applications/${at.id}`);
  await person.button('安排实地核查', 'Plan a site visit').click();
  await dialog.getByText(people[0].name, { exact: true }).click();
  await answer(person, [[['计划日期', 'Planned for'], on]], ['安排', 'Plan']);
  await page.locator('.fault-summary').waitFor();
  await person.check('visit-faults');
  await dialog.getByText(people[1].name, { exact: true }).click();
  await answer(person, [], ['安排', 'Plan']);
  await dialog.waitFor({ state: 'detached' });
  const visits = (await person.api('GET', `/site-visits?application_id=${at.id}`, { token })).items;
  const planned = visits.find((one) => one.planned_on === on && one.state === 'planned');
  expect(planned, 'the visit is planned');
  const { visitors } = await person.api('GET', `/site-visits/${planned.id}`, { token });
  expect(visitors.length === 2, 'two people go');
  await person.check('visit-planned');
  // Another day begins anew.
  await person.api('POST', `/site-visits/${planned.id}/cancellation`, { token, version: planned.version ?? 1, data: { reason: '改期' } });
}

/** How a round was reviewed: the draw of a panel, the ranking with its line, other places and weights on trial, a visit. */
export async function looksIntoReviews(person) {
  const { page } = person;
  const token = await person.token();
  const reviewed = (await person.api('GET', '/rounds?state=expert_review', { token })).items[0];
  await person.goto(`/rounds/${reviewed.id}/review`);
  await page.locator('details summary').first().click();
  await page.getByText(person.say('随机种子', 'Seed'), { exact: true }).first().waitFor();
  await person.check('panel');
  const debated = (await person.api('GET', '/rounds?state=deliberation', { token })).items[0];
  await person.goto(`/rounds/${debated.id}/deliberation`);
  await person.check('deliberation');
  const line = page.getByText(person.say('名额内 1 件', '1 above the line'));
  await person.field('假如名额为', 'What if the quota were').fill('1');
  await page.keyboard.press('Enter');
  await line.waitFor();
  await page.getByText(person.say('试算：没有写入，手工调整不计入', 'On trial: nothing is stored, and moves by hand are left aside')).waitFor();
  await page.getByText(person.say('假如权重为', 'What if the weights were')).click();
  for (const weight of await page.locator('details[open] input[type=number]').all()) await weight.fill('');
  await person.field('技术创新', 'Technology').fill('40');
  await person.field('成长性', 'Growth').fill('60');
  await person.button('试算', 'Try').click();
  await page.waitForURL((to) => to.searchParams.get('weights') === 'technology:40,growth:60');
  await person.settled();
  await line.waitFor();
  await person.check('what-if');
  const visit = (await person.api('GET', '/site-visits?state=planned', { token })).items[0];
  await person.goto(`/visits/${visit.id}`);
  await person.check('visit');
  const answered = (await person.api('GET', '/applications?state=recognised&limit=1', { token })).items[0];
  await person.goto(`/applications/${answered.id}`);
  await page.getByText(person.say('提交时固定的数据（含登记信息）', 'The figures as frozen, with those on record')).click();
  await page.locator('details[open] .compare').first().waitFor();
  await person.check('frozen');
}

/** The inbox: one message is marked, another is opened and leads to what it is about; some mail is left to the digest. */
export async function readsMessages(person) {
  const { page } = person;
  const token = await person.token();
  const unread = async () => (await person.api('GET', '/messages/unread-count', { token })).unread;
  const before = await unread();
  expect(before > 1, 'the officer was told something');
  await person.goto('/messages?unread=true');
  await page.getByRole('link', { name: person.say(`消息，${before} 条未读`, `Messages, ${before} unread`) }).waitFor();
  await person.check('messages');
  await page.getByText(person.say('全文', 'Full text'), { exact: true }).first().click();
  await page.locator('.written').first().waitFor();
  await page.locator('table.data button').filter({ hasText: person.say('标为已读', 'Mark as read') }).first().click();
  await page.getByRole('link', { name: person.say(`消息，${before - 1} 条未读`, `Messages, ${before - 1} unread`) }).waitFor();
  const next = (await person.api('GET', '/messages?unread=true&limit=1', { token })).items[0];
  await page.locator('table.data .message > a').first().click();
  await page.waitForURL((to) => to.pathname === next.path);
  await person.settled();
  expect(await unread() === before - 2, 'what was opened counts as read');
  await person.goto('/messages/preferences');
  await person.check('preferences');
  const choices = async () => person.api('GET', '/me/message-preferences', { token });
  const one = (await choices()).items.find((item) => !item.mandatory);
  const to = one.mailing === 'never' ? 'digest' : 'never';
  await page.getByLabel(one.label, { exact: true }).selectOption(to);
  await person.button('保存', 'Save').click();
  await page.getByText(person.say('全部已保存', 'Everything is saved')).waitFor();
  expect((await choices()).items.find((item) => item.notice === one.notice).mailing === to, 'the choice is kept');
}

export async function approver(person) {
  const { page } = person;
  await person.signIn('approver');
  await person.goto('/decisions');
  await person.check('approvals');
  await person.follow(page.locator('table.data tbody a').first());
  await person.check('decision');
  const id = new URL(page.url()).pathname.split('/')[2];
  // With the keyboard alone.
  await person.button('批准', 'Approve').press('Enter');
  await page.getByRole('dialog').waitFor();
  expect(await page.evaluate(() => document.activeElement?.closest('[role=dialog]') !== null), 'a dialog takes the focus');
  await page.getByRole('dialog').getByRole('button', { name: person.say('批准', 'Approve'), exact: true }).press('Enter');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  const decided = await person.api('GET', `/decisions/${id}`, { token: await person.token() });
  expect(decided.state === 'approved', `the decision is approved, not ${decided.state}`);
  await person.check('approved');
  await everyPlace(person);
}

export async function systemAdmin(person) {
  const { page } = person;
  await person.signIn('system_admin');
  await person.button('邀请用户', 'Invite').click();
  const email = `new-${Date.now()}@laoshan.example`;
  await page.getByRole('dialog').getByLabel(person.say('邮箱', 'E-mail')).fill(email);
  await page.getByRole('dialog').getByLabel(person.say('姓名', 'Name')).fill('新同事');
  await person.check('invitation');
  await page.getByRole('dialog').getByRole('button', { name: person.say('邀请用户', 'Invite'), exact: true }).click();
  await page.getByText(email).first().waitFor();
  await person.follow(page.locator('table.data tbody a').first());
  await person.check('user');
  await endsASession(person);
  await readsLetters(person);
  await everyPlace(person);
}

/** Somebody left a device behind: their sign-in is ended, and they may sign in again. */
async function endsASession(person) {
  const { page } = person;
  const dialog = page.getByRole('dialog');
  const theirs = await person.token('department');
  const token = await person.token();
  const user = (await person.api('GET', '/users?email=department@laoshan.example', { token })).items[0];
  const open = async () => (await person.api('GET', `/users/${user.id}/sessions`, { token })).items.length;
  const before = await open();
  expect(before > 0, 'the department is signed in');
  await person.goto(`/users/${user.id}`);
  await person.check('sessions');
  await person.button('结束', 'End').click();
  await dialog.getByRole('button', { name: person.say('结束会话', 'End the session'), exact: true }).click();
  await dialog.waitFor({ state: 'detached' });
  expect(await open() === before - 1, 'one session has ended');
  if (before > 1) {
    await person.button('结束全部会话', 'End all sessions').click();
    await person.check('sessions-end');
    await dialog.getByRole('button', { name: person.say('结束全部会话', 'End all sessions'), exact: true }).click();
    await dialog.waitFor({ state: 'detached' });
  }
  await page.getByText(person.say('目前没有登录。', 'Not signed in anywhere.')).waitFor();
  expect(theirs && await open() === 0, 'all sessions have ended');
}

/** What the jobs do and when; a letter as it would go out, and other words for it, of which one is wrong. */
export async function readsLetters(person) {
  const { page } = person;
  const token = await person.token();
  const job = (await person.api('GET', '/jobs', { token })).items[0];
  await person.goto('/operations');
  await page.getByText(job.about).first().waitFor();
  await person.goto('/letters');
  await person.check('letters');
  const { title } = (await person.api('GET', '/mail-templates', { token })).items.find((one) => one.name === 'password_changed');
  await page.getByRole('link', { name: title }).first().click();
  await page.locator('.written').waitFor();
  await person.check('letter');
  const words = page.getByLabel(person.say('文字', 'Text'), { exact: true });
  await words.fill('Subject: 密码已修改\n\n{{ name }} 您好，{{ nobody }} 修改了密码。');
  await person.button('预览', 'Preview').click();
  await page.locator('.fault-summary').waitFor();
  await person.check('letter-faults');
  await words.fill('Subject: 密码已修改\n\n{{ name }} 您好，您在 {{ site }} 的密码已修改。');
  await person.button('预览', 'Preview').click();
  await page.locator('.fault-summary').waitFor({ state: 'detached' });
  await page.locator('.written').filter({ hasText: '的密码已修改' }).waitFor();
}

export async function securityAdmin(person) {
  const { page } = person;
  await person.signIn('security_admin');
  await person.follow(page.getByRole('link', { name: '新同事' }).first());
  await person.button('设置角色', 'Set roles').click();
  await page.getByRole('dialog').getByText(person.say('经办人', 'Officer'), { exact: true }).click();
  await person.check('roles');
  await page.getByRole('dialog').getByRole('button', { name: person.say('设置角色', 'Set roles'), exact: true }).click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.locator('dd').getByText(person.say('经办人', 'Officer')).first().waitFor();
  await everyPlace(person);
}

export async function auditor(person) {
  const { page } = person;
  await person.signIn('auditor');
  await person.button('立即校验', 'Verify now').click();
  await page.getByText(person.say('完整，没有被改动', 'Intact: nothing was changed')).waitFor();
  await page.locator('table.data tbody button').first().click();
  await person.check('audit');
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await everyPlace(person);
}

/** A clerk of a responsible unit: sees what is theirs, answers one item, looks at the plan it belongs to. */
export async function department(person) {
  const { page } = person;
  await person.signIn('department');
  await person.check('items');
  await person.button('看板', 'Board').click();
  await page.getByRole('region', { name: person.say('看板', 'Board') }).waitFor();
  await person.check('board');
  const token = await person.token();
  const waiting = (await person.api('GET', '/support-items?state=assigned', { token })).items;
  expect(waiting.length > 0, 'an item waits for the unit');
  await person.goto(`/support/${waiting[0].id}`);
  await person.check('item');
  await person.button('承接答复', 'Answer').click();
  await page.getByRole('dialog').getByLabel(person.say('答复', 'Answer')).fill('已对接园区，下周现场踏勘后确定面积和租金。');
  const { now } = await person.api('GET', '/demo/clock', { token });
  await page.getByRole('dialog').getByLabel(person.say('承诺办结日期', 'Done by')).fill(new Date(Date.parse(now) + 20 * 86_400_000).toISOString().slice(0, 10));
  await page.getByRole('dialog').getByRole('button', { name: person.say('承接答复', 'Answer'), exact: true }).click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  const answered = await person.api('GET', `/support-items/${waiting[0].id}`, { token });
  expect(answered.state === 'in_progress' && answered.entries.at(-1).step === 'answer', `the item is worked on, not ${answered.state}`);
  await person.check('answered');
  // Nothing is done without a paper that proves it.
  const dialog = page.getByRole('dialog');
  const complete = dialog.getByRole('button', { name: person.say('办结', 'Complete'), exact: true });
  await person.button('办结', 'Complete').click();
  await dialog.getByLabel(person.say('办理结果', 'Result')).fill('租赁合同已签订，企业已入驻。');
  await complete.click();
  await dialog.getByRole('alert').waitFor();
  await dialog.getByRole('button', { name: person.say('添加文件', 'Add a paper') }).click();
  await dialog.getByLabel(person.say('文件名称', 'Title')).fill('厂房租赁合同');
  await person.check('proof');
  await complete.click();
  await dialog.waitFor({ state: 'detached' });
  const done = await person.api('GET', `/support-items/${waiting[0].id}`, { token });
  expect(done.state === 'pending_confirm' && done.entries.at(-1).documents[0].title === '厂房租赁合同', `the enterprise is asked to confirm, not ${done.state}`);
  await person.check('completed');
  const plans = (await person.api('GET', '/support-plans?limit=1', { token })).items;
  await person.goto(`/support-plans/${plans[0].id}`);
  await person.check('plan');
  await everyPlace(person);
}

/** An expert: declares before reading, scores beside the material, comes back to what was begun, hands it in. */
export async function expert(person) {
  const { page } = person;
  await person.signIn('expert');
  await person.check('reviews');
  const token = await person.token();
  const tasks = (await person.api('GET', '/reviews?limit=200', { token })).items;
  const task = tasks.find((one) => one.state === 'assigned');
  expect(task, 'a review waits for its declaration');
  await person.goto(`/reviews/${task.id}`);
  expect(await page.getByText(person.say('申报内容', 'What was stated')).count() === 0, 'nothing of the application is shown before the declaration');
  await person.check('declaration');
  await page.getByRole('radiogroup').getByText(person.say('否', 'No'), { exact: true }).click();
  await person.button('无利益关系，开始评审', 'Nothing ties me to it: begin').click();
  await page.getByText(person.say('申报内容', 'What was stated')).first().waitFor();
  const sheet = await person.api('GET', `/reviews/${task.id}`, { token });
  const judged = sheet.dimensions.filter((one) => one.judged > 0);
  const fields = page.getByRole('textbox', { name: new RegExp(person.say('分数', 'marks')) });
  const whys = page.getByRole('textbox', { name: new RegExp(person.say('理由', 'why')) });
  await fields.first().fill(String(judged[0].judged / 100 * 0.8));
  await whys.first().fill('核心器件自主研发，样机指标经第三方检测，达到国内先进水平。');
  await until('what was begun is saved by itself', async () => JSON.stringify((await person.api('GET', `/reviews/${task.id}`, { token })).sheet).includes('达到国内先进水平'));
  // Who leaves in the middle finds what was typed.
  await person.goto('/reviews');
  await person.check('progress');
  await person.goto(`/reviews/${task.id}`);
  expect(await whys.first().inputValue() === '核心器件自主研发，样机指标经第三方检测，达到国内先进水平。', 'what was begun is still there');
  await person.button('提交评分', 'Submit').click();
  await page.getByRole('dialog').getByRole('button', { name: person.say('提交评分', 'Submit the scores'), exact: true }).click();
  await page.locator('.fault-summary').first().waitFor();
  await person.check('sheet-faults');
  for (let i = 1; i < judged.length; i += 1) {
    await fields.nth(i).fill(String(judged[i].judged / 100 * 0.7));
    await whys.nth(i).fill('依据申报材料和佐证文件判断，总体符合要求，建议持续跟踪其产业化进展。');
  }
  await person.field('总体意见', 'Comment').fill('同意推荐，建议加强知识产权布局。');
  await person.button('提交评分', 'Submit').click();
  await page.getByRole('dialog').getByRole('button', { name: person.say('提交评分', 'Submit the scores'), exact: true }).click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  const done = await person.api('GET', `/reviews/${task.id}`, { token });
  expect(done.state === 'submitted', `the review is handed in, not ${done.state}`);
  await person.check('submitted');
  await everyPlace(person);
}

/** A bank's clerk: files a loan and its drawdown, loses the session in a dialog and nothing else, confirms the interest of a claim. */
export async function bank(person) {
  const { page } = person;
  await person.signIn('bank');
  await person.goto('/loans');
  await person.check('loans');
  const token = await person.token();
  const firm = (await person.api('GET', '/enterprises?limit=200', { token: await person.token('officer') })).items.find((one) => one.name.includes('海拓'));
  const { now } = await person.api('GET', '/demo/clock', { token });
  const today = new Date(Date.parse(now) + 8 * 3600_000).toISOString().slice(0, 10);
  const contract = `LS-E2E-${person.lang}-${Date.now()}`;
  await person.button('贷款备案', 'Register a loan').click();
  const dialog = page.getByRole('dialog');
  const press = (zh, en) => dialog.getByRole('button', { name: person.say(zh, en), exact: true }).click();
  const label = (zh, en) => dialog.getByLabel(person.say(zh, en)).first();
  await label('合同号', 'Contract no.').fill(contract);
  await label('企业信用代码', 'Credit code of the enterprise').fill(firm.credit_code);
  await label('人才证件类型', 'Talent’s document').selectOption('passport');
  await dialog.getByLabel(person.say('人才证件号', 'Talent’s document number'), { exact: false }).last().fill('DEMO00001');
  await label('本金', 'Principal').fill('200');
  await label('签订日期', 'Signed on').fill(today);
  await label('到期日期', 'Matures on').fill(`${Number(today.slice(0, 4)) + 1}${today.slice(4)}`.replace('-02-29', '-02-28'));
  await label('年利率', 'Rate a year').fill('9.9');
  await press('备案', 'Register');
  await page.locator('.fault-summary').waitFor();
  await person.check('rate-above-the-ceiling');
  await label('年利率', 'Rate a year').fill('3.45');
  await press('备案', 'Register');
  await page.waitForURL((to) => /^\/loans\/[^/]+$/.test(to.pathname));
  await person.settled();
  const id = new URL(page.url()).pathname.split('/')[2];
  await person.check('loan');
  await person.button('登记台账', 'Add an entry').click();
  await label('类别', 'Kind').selectOption('drawdown');
  await label('日期', 'Date').fill(today);
  await label('金额', 'Amount').fill('200');
  await person.api('DELETE', '/auth/sessions', { token });
  await press('登记台账', 'Add an entry');
  await page.getByText(person.say('登录已到期', 'Your session has ended')).waitFor();
  await person.field('密码', 'Password').fill('Laoshan-demo-2026');
  await person.button('重新登录', 'Sign in again').click();
  await page.getByRole('dialog', { name: person.say('登记台账', 'Add an entry') }).waitFor({ state: 'detached' });
  const again = await person.token();
  const loan = await person.api('GET', `/loans/${id}`, { token: again });
  expect(loan.balance_fen === 200_000_000 && loan.state === 'active', `what was typed before the session ended is booked: ${loan.balance_fen}`);
  await person.check('drawn');
  const claim = (await person.api('GET', '/subsidy-claims?state=filed', { token: again })).items[0];
  expect(claim, 'a claim waits for the bank');
  const shown = await person.api('GET', `/subsidy-claims/${claim.id}`, { token: again });
  await person.goto(`/subsidies/${claim.id}`);
  await person.check('claim');
  await person.button('确认利息', 'Confirm the interest').click();
  const settled = new Date(Date.parse(`${shown.interest_to}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
  await label('结息日', 'Settled on').fill(settled);
  await label('利息', 'Interest').fill('100000.00');
  await person.check('confirmation');
  await press('确认利息', 'Confirm the interest');
  await dialog.waitFor({ state: 'detached' });
  const confirmed = await person.api('GET', `/subsidy-claims/${claim.id}`, { token: again });
  expect(confirmed.state === 'confirmed' && confirmed.loans[0].receipts[0].amount_fen === 10_000_000, `the interest is confirmed to the fen, not ${confirmed.state}`);
  await everyPlace(person);
}

/** A fund manager: reviews a claim by its calculation sheet, reviews another again, announces, pays, and sees to the pool and the books. */
export async function fundManager(person) {
  const { page } = person;
  await person.signIn('fund_manager');
  const token = await person.token();
  const dialog = page.getByRole('dialog');
  const press = async (zh, en) => {
    await dialog.getByRole('button', { name: person.say(zh, en), exact: true }).click();
    await dialog.waitFor({ state: 'detached' });
  };
  const claims = async (state) => (await person.api('GET', `/subsidy-claims?state=${state}`, { token })).items;
  const claim = (await claims('confirmed'))[0];
  await person.goto(`/subsidies/${claim.id}`);
  await person.button('重算核对', 'Calculate again').click();
  await page.getByText(person.say('重算结果与存档一致', 'The same as on record')).waitFor();
  await person.check('calculation-sheet');
  await person.printed('calculation-sheet');
  await person.button('初审', 'Review').click();
  await dialog.getByLabel(person.say('审核意见', 'What was found')).fill('材料齐全，结息单与台账相符。');
  await person.check('review');
  await press('通过初审', 'Pass to second review');
  const reviewed = await person.api('GET', `/subsidy-claims/${claim.id}`, { token });
  expect(reviewed.state === 'reviewed' && reviewed.granted_fen > 0, `the claim is reviewed, not ${reviewed.state}`);
  // Nobody reviews the same claim twice: the button stays and says why.
  await page.locator('.refusals summary').click();
  const refused = person.button('复审', 'Review again');
  expect(await refused.getAttribute('aria-disabled') === 'true' && await refused.getAttribute('aria-description'), 'who reviewed first is told why they cannot review again');
  for (const one of await claims('reviewed')) {
    const shown = await person.api('GET', `/subsidy-claims/${one.id}`, { token });
    if (!shown.actions.some((action) => action.action === 'subsidy_claim.review_again' && action.allowed)) continue;
    await person.goto(`/subsidies/${one.id}`);
    await person.button('复审', 'Review again').click();
    await dialog.getByLabel(person.say('复审意见', 'What was found')).fill('复核测算过程，无异议。');
    await press('复审', 'Review again');
    const state = (await person.api('GET', `/subsidy-claims/${one.id}`, { token })).state;
    expect(state === 'pending_approval', `the approvers are asked, not ${state}`);
    break;
  }
  const approved = (await claims('approved'))[0];
  await person.goto('/subsidies?state=approved');
  await page.getByRole('checkbox', { name: person.say(`选择 ${approved.enterprise_name}`, `Select ${approved.enterprise_name}`) }).first().check({ force: true });
  await person.button('公示', 'Put on notice').click();
  await dialog.getByLabel(person.say('标题', 'Title')).fill('人才贷贴息拟补贴名单公示');
  await person.check('announcement');
  await press('公示', 'Put on notice');
  const payable = (await claims('payable'))[0];
  await person.goto(`/subsidies/${payable.id}`);
  await person.button('发起支付', 'Order the payment').click();
  await press('发起支付', 'Order the payment');
  const ordered = await person.api('GET', `/subsidy-claims/${payable.id}`, { token });
  expect(ordered.state === 'in_payment', `the payment is ordered, not ${ordered.state}`);
  await person.goto(`/payments/${ordered.payments[0].batch_id}`);
  await person.check('payment-batch');
  await person.printed('payment-batch');
  await person.button('登记结果', 'Record').click();
  await dialog.getByLabel(person.say('结果', 'Outcome')).selectOption('paid');
  await dialog.getByLabel(person.say('凭证号', 'Voucher')).fill(`E2E-${person.lang}-${Date.now()}`);
  await press('登记支付结果', 'Record the outcome');
  const paid = await person.api('GET', `/subsidy-claims/${payable.id}`, { token });
  expect(paid.state === 'paid' && paid.paid_fen === paid.granted_fen, `the subsidy is paid, not ${paid.state}`);
  await person.goto('/pool');
  await person.button('对账', 'Check the books').click();
  await page.getByText(person.say('账目平衡', 'The books balance')).waitFor();
  await person.check('pool');
  await person.goto('/compensation?state=queued');
  await person.check('compensation-queue');
  // The approver may have answered the allocation that the queue waits for.
  await person.goto('/compensation');
  await person.follow(page.locator('table.data tbody a').first());
  await person.check('compensation');
  const { now } = await person.api('GET', '/demo/clock', { token });
  const day = (back) => new Date(Date.parse(now) - back * 86_400_000).toISOString().slice(0, 10);
  await person.goto(`/reconciliation?account=subsidy&from=${day(75)}&to=${day(45)}`);
  await person.check('differences');
  await person.button('说明', 'Explain').click();
  await dialog.getByLabel(person.say('理由', 'Reason')).fill('已与银行核对，见回单。');
  await press('说明差异', 'Explain');
  await page.getByText('已与银行核对，见回单。').first().waitFor();
  await everyPlace(person);
}

/** An officer without a mouse: signs in, finds a case, returns it, lets a dialog go again; and every page can be walked through with Tab. */
export async function keyboard(person) {
  const { page } = person;
  person.name = 'keyboard';
  const type = async (zh, en, text) => {
    await person.tabTo(zh, en);
    await page.keyboard.type(text);
  };
  await person.goto('/sign-in');
  await person.walk('sign-in');
  await person.goto('/sign-in');
  await type('邮箱', 'E-mail', 'officer@laoshan.example');
  await type('密码', 'Password', 'Laoshan-demo-2026');
  await page.keyboard.press('Enter');
  await page.waitForURL((to) => !to.pathname.startsWith('/sign-in'));
  await person.settled();
  const token = await person.token('officer');
  const reviewing = (await person.api('GET', '/rounds?state=formal_review', { token })).items[0];
  const cases = (await person.api('GET', `/applications?state=submitted&round_id=${reviewing.id}`, { token })).items;
  await person.goto(`/queue?state=submitted&round_id=${reviewing.id}`);
  await person.tabTo(cases[0].enterprise.name, cases[0].enterprise.name);
  await page.keyboard.press('Enter');
  await page.waitForURL((to) => to.pathname === `/applications/${cases[0].id}`);
  await person.settled();
  // The new page begins at its content, so the menu need not be passed again.
  await until('the focus begins at the content of the new page', () => page.evaluate(() => document.activeElement?.id === 'content'));
  await person.tabTo('退回补正', 'Return for correction');
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').waitFor();
  await person.walk('return-dialog');
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  const opener = person.say('退回补正', 'Return for correction');
  await until('the focus is back where the dialog was opened', () => page.evaluate((name) => document.activeElement?.innerText.trim() === name, opener));
  await person.walk('application');
  const enterprise = (await person.api('GET', '/enterprises?limit=1', { token })).items[0];
  const decision = (await person.api('GET', '/decisions?limit=1', { token })).items[0];
  const member = (await person.api('GET', '/memberships?limit=1&state=active', { token })).items[0];
  const report = (await person.api('GET', '/annual-updates?limit=1', { token })).items[0];
  for (const path of ['/queue', '/rounds/new', '/library', '/messages', '/messages/preferences', `/library/${member.id}`, `/annual-updates/${report.id}`, '/tracks/terahertz', '/letters/digest', `/enterprises/${enterprise.id}`, '/pipeline', '/support', '/account', ...(decision ? [`/decisions/${decision.id}`] : [])]) {
    await person.goto(path);
    await person.walk(path);
  }
}

/** Opens every entry of the menu: each is a page without a fault that asks for all it needs at once. */
export async function everyPlace(person) {
  const { page } = person;
  const open = person.button('打开菜单', 'Open the menu');
  if (await open.isVisible()) {
    await open.click();
    await page.getByRole('dialog').waitFor();
    await person.check('menu');
  }
  const places = await page.locator('.nav-group a').evaluateAll((links) => links.map((link) => link.getAttribute('href')));
  for (const place of [...new Set(places)]) {
    // What a page asks for depends on neither language nor width, so it is counted once.
    await (person.width > 600 ? person.asksAtOnce(place) : person.goto(place));
    await person.check(`place${place.replaceAll('/', '-')}`);
  }
}

/** Waits for the server to hold something. The mark beside a form may still speak of what was saved before. */
export async function until(what, holds) {
  for (const begun = Date.now(); Date.now() - begun < 20_000;) {
    if (await holds()) return;
    await new Promise((go) => setTimeout(go, 150));
  }
  throw new Error(`never came: ${what}`);
}

export function expect(holds, what) {
  if (!holds) throw new Error(`expected: ${what}`);
}
