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
  await person.link('开始自测', 'Start the self-check').click();
  await person.settled();
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
  await page.locator('table.data a').first().click();
  await person.settled();
  const object = person.button('我要提出异议', 'I want to object');
  await object.click();
  await person.button('提交异议', 'Send').click();
  await page.getByRole('alert').waitFor();
  await person.check('objection-faults');
  await person.field('针对', 'About').selectOption({ index: 1 });
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

/** An applicant: sees what to do, fills in, meets a conflict and the end of the session, loses nothing, submits. */
export async function applicant(person) {
  const { page } = person;
  await person.signIn('applicant');
  await person.check('home');
  // The form of a draft; whoever plays this day for the second time has handed it in and has other things to do.
  const go = page.locator('.next-step a[href^="/applications/"]').first();
  if (await go.count() === 0) return;
  await go.click();
  await person.settled();
  await person.check('form');
  const id = new URL(page.url()).pathname.split('/')[2];
  const summary = person.field('企业及核心技术简介', 'The enterprise and its core technology');
  const saved = page.getByRole('status').filter({ hasText: person.say('已保存', 'Saved') });

  const first = '面向深海装备的太赫兹无损检测，核心器件自主研发，已在两家在库企业使用。';
  await summary.fill(first);
  await saved.waitFor();
  const token = await person.token();
  const stored = await person.api('GET', `/applications/${id}`, { token });
  expect(stored.form.summary === first, 'what was typed is saved by itself');

  // Somebody else changes it meanwhile.
  await person.api('PATCH', `/applications/${id}`, { token, version: stored.version, data: { summary: '同事改过的简介，同样超过十个字。', contact: { position: '副总经理' } } });
  await summary.fill(`${first}年内扩产。`);
  await page.getByText(person.say('他人也修改了本申报', 'Somebody else has changed this application')).waitFor();
  await person.check('conflict');
  await person.button('在对方版本上保留我的修改', 'Keep mine on top of theirs').click();
  await saved.waitFor();
  const merged = await person.api('GET', `/applications/${id}`, { token });
  expect(merged.form.summary === `${first}年内扩产。` && merged.form.contact.position === '副总经理', 'both changes are kept');

  // The session is ended elsewhere; what is typed then is saved after signing in again.
  await person.api('DELETE', '/auth/sessions', { token });
  await summary.fill(`${first}会话结束后继续填写。`);
  await page.getByText(person.say('登录已到期', 'Your session has ended')).waitFor();
  await person.check('session-ended');
  await person.field('密码', 'Password').fill('Laoshan-demo-2026');
  await person.button('重新登录', 'Sign in again').click();
  await saved.waitFor();
  const later = await person.api('GET', `/applications/${id}`, { token: await person.token() });
  expect(later.form.summary === `${first}会话结束后继续填写。`, 'nothing typed was lost with the session');

  // What is missing is said at its field.
  const phone = person.field('电话', 'Telephone');
  await phone.fill('12345');
  await saved.waitFor();
  await person.button('提交申报', 'Submit').click();
  await person.button('确认提交', 'Submit').last().click().catch(() => undefined);
  const dialog = page.getByRole('dialog').getByRole('button', { name: person.say('确认提交', 'Submit'), exact: true });
  if (await dialog.isVisible()) await dialog.click();
  await page.locator('.fault-summary').waitFor();
  await page.locator('.field-wrong').first().waitFor();
  await person.check('form-faults');
  await phone.fill('13800138000');
  await saved.waitFor();
  await person.button('提交申报', 'Submit').click();
  await page.getByRole('dialog').getByRole('button', { name: person.say('确认提交', 'Submit'), exact: true }).click();
  await page.waitForURL((to) => to.pathname === `/applications/${id}`);
  await person.settled();
  await page.getByText(person.say('我们已收到您的申报', 'We have your application')).first().waitFor();
  await person.check('status');
  await person.goto('/account');
  await person.check('account');
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
  const reviewing = (await person.api('GET', '/rounds?state=formal_review', { token })).items[0];
  const waiting = (await person.api('GET', `/applications?state=submitted&round_id=${reviewing.id}`, { token })).items;
  await person.goto(`/queue?state=submitted&round_id=${reviewing.id}`);
  if (waiting.length > 0) {
    await page.locator('thead input[type=checkbox]').check({ force: true });
    await person.button('批量不予通过', 'Do not accept').click();
    await person.field('理由', 'Reason').fill('仅为试运行');
    await person.button('试运行', 'Try it').click();
    await page.getByText(person.say('试运行通过，尚未执行。', 'The trial went through; nothing is done yet.')).waitFor();
    await person.check('bulk-trial');
    await page.keyboard.press('Escape');
    await person.goto(`/applications/${waiting[0].id}`);
    await person.check('application');
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
  }
  if (waiting.length > 1) {
    await person.goto(`/applications/${waiting[1].id}`);
    await person.button('退回补正', 'Return for correction').click();
    await page.getByRole('dialog').getByLabel(person.say('意见', 'Remark')).first().fill('请补充上年度审计报告对应的营业收入');
    await person.check('return');
    await page.getByRole('dialog').getByRole('button', { name: person.say('退回', 'Return'), exact: true }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    const returned = await person.api('GET', `/applications/${waiting[1].id}`, { token });
    expect(returned.state === 'returned' && returned.returns.length === 1, 'the application is returned with the remark');
  }
  await person.goto(`/rounds/${reviewing.id}`);
  await person.check('round');
  await person.goto('/rounds/new');
  await person.button('保存草稿', 'Save draft').click();
  await page.locator('.fault-summary').waitFor();
  await person.check('round-faults');
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
  await person.goto('/rule-sets');
  await page.locator('table.data a').first().click();
  await person.settled();
  await person.check('rules');
  await person.goto('/enterprises/import');
  await page.locator('#import-file').setInputFiles({ name: 'register.csv', mimeType: 'text/csv', buffer: Buffer.from('统一社会信用代码,企业名称\n123,青岛某某公司\n') });
  await person.button('试运行', 'Try it').click();
  await page.locator('[role=alert], [role=status]').first().waitFor();
  await person.check('import');
  await everyPlace(person);
}

export async function approver(person) {
  const { page } = person;
  await person.signIn('approver');
  await person.goto('/decisions');
  await person.check('approvals');
  const rows = page.locator('table.data tbody a');
  if (await rows.count() > 0) {
    await rows.first().click();
    await person.settled();
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
  }
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
  await page.locator('table.data tbody a').first().click();
  await person.settled();
  await person.check('user');
  await everyPlace(person);
}

export async function securityAdmin(person) {
  const { page } = person;
  await person.signIn('security_admin');
  await page.getByRole('link', { name: '新同事' }).first().click();
  await person.settled();
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
  if (waiting.length > 0) {
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
  }
  const plans = (await person.api('GET', '/support-plans?limit=1', { token })).items;
  if (plans.length > 0) {
    await person.goto(`/support-plans/${plans[0].id}`);
    await person.check('plan');
  }
  await everyPlace(person);
}

/** Whoever has no story of their own yet still opens everything in their menu. */
export function looksAround(role) {
  return async (person) => {
    await person.signIn(role);
    await everyPlace(person);
  };
}

/** Opens every entry of the menu: each is a page without a fault. */
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
    await person.goto(place);
    await person.check(`place${place.replaceAll('/', '-')}`);
  }
}

export function expect(holds, what) {
  if (!holds) throw new Error(`expected: ${what}`);
}
