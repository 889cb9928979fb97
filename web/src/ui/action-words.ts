// Every action of a record that the console offers by a dialog of the common kind: its name, what it asks, what it means.
import { CHANGE_OUTCOME, CLAW_BACK_CAUSE, CLAW_BACK_EXTENT, DIRECTION_VERDICT, ENTRY_KIND, GOVERNMENT, LOAN_CLASS, RECHECK_CAUSE, RECHECK_OUTCOME, ROLE, TIER, VISIT_CONCLUSION, WATCH_TRIGGER } from '../words/labels';
import type { Say } from '../words/say';
import type { AskedField } from './Ask';

export interface ActionWords {
  name: Say;
  /** Told in the dialog: what will happen. */
  explain?: Say;
  press?: Say;
  done?: Say;
  tone?: 'danger';
  /** Never the step that stands out: nobody is meant to take it without a cause. */
  quiet?: true;
  wide?: boolean;
  fields?: AskedField[];
  /** Makes the body of what was typed, where the two differ. */
  shape?: (typed: Record<string, unknown>) => unknown;
}

const reason = (required: boolean): AskedField => ({ at: '/reason', kind: 'area', label: ['理由', 'Reason'], required });

const basis: AskedField = { at: '/basis', kind: 'text', label: ['依据条款', 'Legal basis'], hint: ['例如：管理办法第十二条', 'For example: article 12 of the measures'], required: true };
const forApproval = { press: ['提请审批', 'Send for approval'], done: ['已提请审批', 'Sent for approval'] } as const;

function moneyOfLevel(): AskedField[] {
  return [
    { at: '/level', kind: 'choice', label: ['级次', 'Level'], required: true, choices: GOVERNMENT }, { at: '/amount_fen', kind: 'money', label: ['金额', 'Amount'], required: true },
    { at: '/booked_on', kind: 'date', label: ['记账日期', 'Booked on'], required: true }, { at: '/voucher_no', kind: 'text', label: ['凭证号', 'Voucher'], required: true }, reason(true),
  ];
}

/** A draw opens its re-checks itself. */
function withoutDraw(): Record<string, Say> {
  return Object.fromEntries(Object.entries(RECHECK_CAUSE).filter(([cause]) => cause !== 'draw'));
}

export const ACTIONS: Record<string, ActionWords> = {
  // Rounds
  'round.update': { name: ['修改批次', 'Edit round'] },
  'round.publish': { name: ['发布批次', 'Publish round'], explain: ['发布后企业可以看到本批次；到开始时间自动开放申报。', 'Enterprises see the round once it is published; it opens by itself at its opening time.'] },
  'round.open': { name: ['立即开放申报', 'Open now'], explain: ['不等预定时间，现在就开放申报。', 'Takes applications from now on instead of waiting for the planned time.'] },
  'round.extend': {
    name: ['延长申报期', 'Extend'], explain: ['延期会作为一次事件留痕，企业会看到新的截止时间。', 'The extension is kept on record and enterprises see the new deadline.'],
    fields: [{ at: '/closes_at', kind: 'moment', label: ['新的截止时间', 'New deadline'], required: true }, reason(true)],
  },
  'round.close': { name: ['提前截止', 'Close now'], tone: 'danger', explain: ['截止后不再接受新的提交；已退回补正的仍可在补正期限内提交。', 'No new submissions after this; what was returned may still come back in time.'] },
  'round.cancel': { name: ['终止批次', 'Cancel round'], tone: 'danger', explain: ['终止后不可恢复，所有申报随之结束。', 'This cannot be undone; all applications of the round end.'], fields: [reason(true)] },
  'round.advance/formal-review': { name: ['开始形式审查', 'Begin formal review'], explain: ['此后经办人可受理、退回或不予通过。', 'From now on officers accept, return or reject.'] },
  'round.advance/expert-review': { name: ['进入专家评审', 'Begin expert review'], explain: ['已受理的申报进入专家评审。', 'Accepted applications go to the experts.'] },
  'round.advance/site-check': { name: ['进入实地核查', 'Begin site checks'] },
  'round.advance/deliberation': { name: ['进入联席审议', 'Begin deliberation'], explain: ['此后可逐件提请拟认定或不予入选。', 'From now on applications are proposed or not selected.'] },
  'round.publicise': {
    name: ['开始公示', 'Begin public notice'], explain: ['公示列出全部拟认定的企业。结束日期不填时按工作日推算。', 'The notice lists everything proposed. Left out, the end is counted in working days.'],
    fields: [
      { at: '/starts_on', kind: 'date', label: ['开始日期', 'First day'], required: true },
      { at: '/ends_on', kind: 'date', label: ['结束日期', 'Last day'] },
      { at: '/title', kind: 'text', label: ['标题', 'Title'] },
      { at: '/body', kind: 'area', label: ['正文', 'Text'] },
    ],
  },
  'round.conclude': { name: ['认定并公布', 'Conclude'], explain: ['认定全部无异议的企业：建立在库资格并编发证书号。', 'Recognises everything without open objection: memberships and certificate numbers are made.'] },
  'round.archive': { name: ['归档', 'Archive'], explain: ['归档后批次只读。', 'An archived round is read-only.'] },

  // Applications; most have a page or a dialog of their own.
  'application.update': { name: ['填写', 'Edit'] },
  'application.submit': { name: ['提交', 'Submit'] },
  'application.certify': { name: ['签署申报', 'Sign'], explain: ['以法定代表人身份确认申报内容。之后再修改须重新签署。', 'The legal representative confirms what is stated; a later edit asks for it again.'] },
  'application.accept': { name: ['受理', 'Accept'] },
  'application.return': { name: ['退回补正', 'Return for correction'] },
  'application.override': { name: ['准入条件放行', 'Let gate rules pass'] },
  'application.withdraw': { name: ['撤回申报', 'Withdraw'], tone: 'danger', explain: ['撤回后本申报结束；申报期内可以重新申报。', 'This ends the application; while the round is open you may begin another.'], fields: [reason(false)] },
  'application.reject': { name: ['形式审查不通过', 'Do not accept'], tone: 'danger', explain: ['申报就此结束，企业会看到理由。', 'This ends the application; the enterprise reads the reason.'], fields: [reason(true)] },
  'application.propose': { name: ['列入拟认定', 'Propose'], explain: ['提请审批。由另一人批准后才生效。', 'Prepares a decision; it takes effect when a second person approves it.'], press: ['提请审批', 'Send for approval'], done: ['已提请审批', 'Sent for approval'], fields: [reason(true)] },
  'application.not_select': { name: ['不予入选', 'Not select'], explain: ['提请审批。由另一人批准后才生效，企业留在培育库。', 'Prepares a decision; it takes effect when a second person approves it. The enterprise stays in the library.'], press: ['提请审批', 'Send for approval'], done: ['已提请审批', 'Sent for approval'], fields: [reason(true)] },
  'application.void': { name: ['作废申报', 'Declare void'], tone: 'danger', explain: ['用于弄虚作假等情形。提请审批，由另一人批准后才生效。', 'For fraud and the like. It takes effect when a second person approves it.'], press: ['提请审批', 'Send for approval'], done: ['已提请审批', 'Sent for approval'], fields: [reason(true)] },

  // The library
  'membership.watch': {
    quiet: true,
    name: ['列入预警', 'Put on watch'], explain: ['保留资格，重点关注；情况好转后解除。', 'The title stays; the watch ends when things are in order.'],
    fields: [{ at: '/trigger', kind: 'choice', label: ['原因', 'Cause'], required: true, choices: WATCH_TRIGGER }, reason(true)],
  },
  'membership.clear': { name: ['解除预警', 'End the watch'], explain: ['所涉情况已经消除。', 'What it was about is in order.'], fields: [reason(true)] },
  'membership.suspend': { name: ['暂停资格', 'Suspend'], tone: 'danger', explain: ['暂停期间证书无效，复核后恢复或终止。由另一人批准后才生效。', 'The certificate does not hold until a re-check. It takes effect when a second person approves it.'], ...forApproval, fields: [reason(true), basis] },
  'membership.exit': { name: ['退库', 'Leave the library'], tone: 'danger', explain: ['退库不影响今后再次申报。由另一人批准后才生效。', 'Leaving bars nobody from applying again. It takes effect when a second person approves it.'], ...forApproval, fields: [reason(true), basis] },
  'membership.revoke': {
    name: ['撤销资格', 'Revoke'], tone: 'danger', explain: ['用于弄虚作假等过错情形，并限制若干年内再次申报。由另一人批准后才生效。', 'For fault only; it bars the enterprise from applying for some years. It takes effect when a second person approves it.'], ...forApproval,
    fields: [reason(true), basis, { at: '/bar_years', kind: 'number', label: ['限制申报年数', 'Years of the bar'], hint: ['0–10，不填按规定年限', '0 to 10; the usual term when left out'] }],
  },
  'recheck.create': {
    quiet: true,
    name: ['启动复核', 'Open a re-check'], explain: ['按今天的数据和现行复核规则固定评价，企业进入“复核中”。', 'Figures and evaluation of today are frozen; the member is in re-review until it is concluded.'],
    fields: [{ at: '/cause', kind: 'choice', label: ['原因', 'Cause'], required: true, choices: withoutDraw() }, { at: '/note', kind: 'area', label: ['说明', 'Note'] }],
  },
  'recheck.conclude': {
    name: ['作出复核结论', 'Conclude'], explain: ['提请审批，由另一人批准后生效。', 'Prepares a decision; it takes effect when a second person approves it.'], ...forApproval,
    fields: [
      { at: '/outcome', kind: 'choice', label: ['结论', 'Outcome'], required: true, choices: RECHECK_OUTCOME },
      { at: '/tier', kind: 'choice', label: ['降至', 'Demote to'], hint: ['仅降级时填写；不填降一级', 'Only for a demotion; one rung down when left out'], choices: TIER }, reason(true), basis,
    ],
  },
  'recheck_draw.create': {
    name: ['双随机抽取', 'Draw'], explain: ['按比例随机抽取在库企业并逐一启动复核；种子和名单留存，可重放验证。', 'Draws a share of the active members and opens a re-check of each. Seed and list are kept, so it can be drawn again.'],
    fields: [{ at: '/share_ppm', kind: 'percent', label: ['抽取比例', 'Share'], hint: ['向上取整，至少一家', 'Rounded up, at least one'], required: true }, { at: '/tiers', kind: 'many', label: ['类别', 'Tiers'], hint: ['不选为全部', 'All when none is chosen'], choices: TIER }],
  },
  'round_invitation.create': { name: ['邀请申报', 'Invite'], explain: ['通知企业的全部办理人；同一批次只邀请一次。', 'Mails everybody who acts for them. Nobody is invited twice to a round.'] },

  // Yearly reports, major changes
  'update_window.update': { name: ['延长期限', 'Give more time'], explain: ['所有企业的截止日期一并顺延。', 'For everybody who reports in this window.'], fields: [{ at: '/due_on', kind: 'date', label: ['新的截止日期', 'New last day'], required: true }] },
  'annual_update.update': { name: ['填写', 'Edit'] },
  'annual_update.submit': { name: ['提交年度更新', 'Hand in'] },
  'annual_update.judge': { name: ['逐项核验', 'Judge'] },
  'major_change.resolve': {
    name: ['处理变更', 'Settle'], explain: ['“资格不变”后新名称、新地址写入档案；“转入复核”对其全部资格启动复核。', 'The record takes over name and address. A re-check is opened for every title where you ask for it.'],
    fields: [{ at: '/outcome', kind: 'choice', label: ['处理结果', 'Outcome'], required: true, choices: CHANGE_OUTCOME }, reason(true)],
  },

  // The chain and new directions
  'recruitment_lead.write': { name: ['修改线索', 'Edit'] },
  'recruitment_lead.advance': { name: ['推进', 'Move on'] },
  'enterprise_link.write': { name: ['修改', 'Edit'] },
  'enterprise_link.write/ending': { name: ['结束关系', 'End the link'], tone: 'danger', explain: ['关系结束后仍保留记录。', 'It stays on record.'] },
  'direction.write': { name: ['修改', 'Edit'] },
  'direction.write/signals': {
    name: ['记录信号', 'Note a signal'], fields: [
      { at: '/observed_on', kind: 'date', label: ['日期', 'Observed on'], required: true }, { at: '/text', kind: 'area', label: ['内容', 'What was noticed'], required: true }, { at: '/source', kind: 'text', label: ['来源', 'Source'], required: true },
    ],
  },
  'direction.review': {
    name: ['评审', 'Review'], explain: ['升为赛道后，由下一版规则列入。', 'What is raised becomes a track when the next rule set lists it.'], fields: [
      { at: '/verdict', kind: 'choice', label: ['结论', 'Verdict'], required: true, choices: DIRECTION_VERDICT }, reason(true),
      { at: '/next_review_on', kind: 'date', label: ['下次评审日期', 'Next review'], hint: ['继续跟踪时必填', 'Required to keep watching'] },
      { at: '/track', kind: 'text', label: ['赛道代码', 'Code of the track'], hint: ['升为赛道时必填，小写字母、数字、下划线', 'Required to raise it: lower-case letters, digits, underscores'] },
    ],
  },

  // Expert review
  'review.recuse': { name: ['令其回避', 'Recuse'], tone: 'danger', explain: ['该专家退出本件评审，由候补接替。', 'The expert leaves this review; a substitute takes over.'], fields: [reason(true)] },

  // Site visits, deliberation
  'site_visit.plan': { name: ['安排实地核查', 'Plan a site visit'] },
  'site_visit.update/conclusion': {
    name: ['作出核查结论', 'Conclude'], explain: ['结论发给企业确认。', 'The enterprise is asked to confirm it.'], fields: [
      { at: '/held_on', kind: 'date', label: ['核查日期', 'Held on'], required: true }, { at: '/conclusion', kind: 'choice', label: ['结论', 'Conclusion'], required: true, choices: VISIT_CONCLUSION },
    ],
  },
  'site_visit.update/cancellation': { name: ['取消核查', 'Cancel'], tone: 'danger', fields: [reason(true)] },
  'site_visit.answer': {
    name: ['确认核查记录', 'Answer'], fields: [{ at: '/agreed', kind: 'yesno', label: ['记录是否属实', 'Is the record right?'], required: true }, { at: '/remark', kind: 'area', label: ['说明', 'Remark'], hint: ['不属实时必填', 'Required when it is not'] }],
  },
  'feedback.update/feedback': { name: ['起草反馈', 'Draft the feedback'], explain: ['由固定的评审意见起草，可再修改，经另一人批准后发送。', 'Drafted from the frozen appraisals; edit it, and a second person approves it.'] },
  'feedback.send': { name: ['提请发送反馈', 'Send'], explain: ['由另一人批准后发给企业。', 'It goes out when a second person approves it.'], done: ['已提请审批', 'Sent for approval'] },

  // Support items
  'support_item.accept': { name: ['受理', 'Accept'] },
  'support_item.answer': {
    name: ['承接答复', 'Answer'], explain: ['告诉企业怎么办、什么时候办好。', 'Tell the enterprise what will be done, and by when.'],
    fields: [{ at: '/note', kind: 'area', label: ['答复', 'Answer'], required: true }, { at: '/due_on', kind: 'date', label: ['承诺办结日期', 'Done by'], required: true }],
  },
  'support_item.return': { name: ['退回交办', 'Send back'], explain: ['不属于本单位职责时退回，须说明理由。', 'When it is not this unit’s to do; say why.'], fields: [{ at: '/note', kind: 'area', label: ['理由', 'Reason'], required: true }] },
  'support_item.progress': { name: ['填报进展', 'Report progress'], fields: [{ at: '/note', kind: 'area', label: ['进展', 'Progress'], required: true }] },
  'support_item.extend': {
    name: ['申请延期', 'Ask for an extension'], explain: ['延期只能一次，须经另一人批准。', 'Once only, and a second person approves it.'],
    fields: [{ at: '/due_on', kind: 'date', label: ['新的日期', 'New date'], required: true }, reason(true)],
  },
  'support_item.complete': { name: ['办结', 'Complete'], explain: ['提请企业确认。', 'The enterprise is asked to confirm.'], fields: [{ at: '/note', kind: 'area', label: ['办理结果', 'Result'], required: true }] },
  'support_item.confirm': {
    name: ['确认并评价', 'Confirm and rate'], explain: ['确认事情已办好，并给出满意度。', 'Confirm that it is done, and rate it.'],
    fields: [
      { at: '/rating', kind: 'choice', label: ['满意度', 'Rating'], required: true, choices: { r5: ['5 · 非常满意', '5 · very satisfied'], r4: ['4 · 满意', '4 · satisfied'], r3: ['3 · 一般', '3 · fair'], r2: ['2 · 不满意', '2 · dissatisfied'], r1: ['1 · 非常不满意', '1 · very dissatisfied'] } },
      { at: '/note', kind: 'area', label: ['意见（可不填）', 'Remark (optional)'] },
    ],
    shape: (typed) => ({ ...typed, rating: typed.rating ? Number(String(typed.rating).slice(1)) : null }),
  },
  'support_item.reject': { name: ['没有办好', 'Not done'], fields: [{ at: '/note', kind: 'area', label: ['哪里没有办好', 'What is missing'], required: true }] },
  'support_item.close': { name: ['销号', 'Close'] },
  'support_item.explain': { name: ['以解释结案', 'Close by explanation'], explain: ['政策不允许等确实不能办理的，说明依据后结案。', 'For what cannot be done; say on which ground.'], fields: [{ at: '/note', kind: 'area', label: ['说明', 'Explanation'], required: true }, { at: '/legal_basis', kind: 'text', label: ['政策依据', 'Basis'], required: true }] },
  'support_item.reopen': { name: ['重新办理', 'Reopen'], fields: [{ at: '/note', kind: 'area', label: ['理由', 'Reason'], required: true }] },
  'support_item.suspend': { name: ['暂缓', 'Suspend'], fields: [{ at: '/note', kind: 'area', label: ['理由', 'Reason'], required: true }] },
  'support_item.resume': { name: ['恢复办理', 'Resume'], fields: [{ at: '/note', kind: 'area', label: ['说明', 'Note'], required: true }] },

  // Support plans
  'support_plan.consult': { name: ['征求企业意见', 'Ask the enterprise'], explain: ['方案发给企业征求意见。', 'The plan goes to the enterprise for its opinion.'] },
  'support_plan.send_back': { name: ['提出修改意见', 'Send back'], fields: [reason(true)] },
  'support_plan.confirm': { name: ['签署确认', 'Sign'], explain: ['双方签署后方案生效。', 'The plan is in force when both sides have signed.'] },
  'support_plan.execute': { name: ['开始执行', 'Begin'] },
  'support_plan.review': { name: ['中期评估', 'Mid review'], fields: [{ at: '/findings', kind: 'area', label: ['评估意见', 'Findings'], required: true }] },
  'support_plan.evaluate': {
    name: ['年终评价', 'Evaluate'], fields: [{ at: '/score', kind: 'number', label: ['评分（0–100）', 'Score (0 to 100)'], required: true }, { at: '/summary', kind: 'area', label: ['总结', 'Summary'], required: true }],
  },
  'support_plan.close': { name: ['结案', 'Close'] },
  'support_plan.accept_change': { name: ['同意变更', 'Accept the change'] },
  'support_plan.refuse_change': { name: ['不同意变更', 'Refuse the change'], fields: [{ at: '/answer', kind: 'area', label: ['理由', 'Reason'], required: true }] },
  'support_plan.withdraw_change': { name: ['撤回变更', 'Withdraw the change'] },

  // Banks, loans
  'bank.suspend': { name: ['暂停新增', 'Suspend'], tone: 'danger', explain: ['暂停该行新增贷款纳入补偿，存量不受影响。', 'No new loans of the bank are covered; present ones stay.'], fields: [reason(true)] },
  'bank.resume': { name: ['恢复', 'Resume'], fields: [reason(true)] },
  'loan.cancel': { name: ['撤销备案', 'Cancel the registration'], tone: 'danger', explain: ['仅限尚未放款的贷款。', 'Only before anything was drawn.'], fields: [reason(true)] },
  'loan.reprice': { name: ['按重定价规则调整利率', 'Reprice'], explain: ['把到期的利率调整记入台账。', 'Enters the rate resets that are due.'] },
  'loan_entry.create': {
    name: ['登记台账', 'Add an entry'],
    fields: [
      { at: '/kind', kind: 'choice', label: ['类别', 'Kind'], required: true, choices: ENTRY_KIND },
      { at: '/effective_on', kind: 'date', label: ['日期', 'Date'], required: true },
      { at: '/amount_fen', kind: 'money', label: ['金额', 'Amount'], hint: ['放款、还款、提前还款时填写', 'For drawdowns and repayments'] },
      { at: '/rate_ppm', kind: 'percent', label: ['年利率', 'Rate a year'], hint: ['利率调整时填写', 'For rate resets'] },
      { at: '/class', kind: 'choice', label: ['五级分类', 'Class'], choices: LOAN_CLASS },
      { at: '/matures_on', kind: 'date', label: ['新到期日', 'New maturity'], hint: ['展期时填写', 'For extensions'] },
      { at: '/note', kind: 'text', label: ['备注', 'Note'] },
    ],
  },
  'loan_scheme.publish': { name: ['发布方案', 'Publish'] },
  'talent.reveal': { name: ['查看证件号', 'Show the identity number'], explain: ['每次查看都会留痕。', 'Every look is kept on record.'], fields: [reason(true)] },

  // Compensation
  'compensation.update': { name: ['修改申请', 'Edit the claim'] },
  'compensation.submit': { name: ['提交申请', 'Submit'] },
  'compensation.return': { name: ['退回补正', 'Return'], fields: [reason(true)] },
  'compensation.admit': { name: ['受理', 'Admit'], explain: ['受理后占用风险池额度，并开始计算支付期限。', 'The pool is committed and the time to pay begins.'] },
  'compensation.refuse': { name: ['不予补偿', 'Refuse'], tone: 'danger', fields: [reason(true)] },
  'compensation.pay': {
    name: ['登记支付', 'Pay out'], fields: [
      { at: '/amount_fen', kind: 'money', label: ['金额', 'Amount'], required: true }, { at: '/paid_on', kind: 'date', label: ['支付日期', 'Paid on'], required: true },
      { at: '/voucher_no', kind: 'text', label: ['凭证号', 'Voucher'], required: true },
    ],
  },
  'compensation.recover': {
    name: ['登记追偿', 'Record a recovery'], explain: ['扣除费用后按比例返还风险池。', 'Less its cost, it goes back to the pool in proportion.'], fields: [
      { at: '/gross_fen', kind: 'money', label: ['追回金额', 'Recovered'], required: true }, { at: '/cost_fen', kind: 'money', label: ['追偿费用', 'Cost'] },
      { at: '/received_on', kind: 'date', label: ['到账日期', 'Received on'], required: true }, { at: '/voucher_no', kind: 'text', label: ['凭证号', 'Voucher'], required: true },
    ],
  },
  'compensation.write_off': { name: ['核销', 'Write off'], explain: ['核销不免除继续追偿和返还的义务。', 'The duty to recover and to return stays.'], fields: [{ at: '/written_off_on', kind: 'date', label: ['核销日期', 'Written off on'], required: true }, reason(true)] },
  'compensation.close': { name: ['办结', 'Close'] },

  // Pool
  'pool.allocate': { name: ['注资', 'Allocate'], explain: ['提请审批，批准后入账。', 'Prepares a decision; it is booked on approval.'], press: ['提请审批', 'Send for approval'], done: ['已提请审批', 'Sent for approval'], fields: moneyOfLevel() },
  'pool.refund': { name: ['退回', 'Refund'], explain: ['提请审批，批准后入账。', 'Prepares a decision; it is booked on approval.'], press: ['提请审批', 'Send for approval'], done: ['已提请审批', 'Sent for approval'], fields: moneyOfLevel() },
  'pool.credit': {
    name: ['登记利息', 'Book interest'], fields: [
      { at: '/amount_fen', kind: 'money', label: ['金额', 'Amount'], required: true }, { at: '/booked_on', kind: 'date', label: ['记账日期', 'Booked on'], required: true },
      { at: '/voucher_no', kind: 'text', label: ['凭证号', 'Voucher'], required: true }, reason(true),
    ],
  },

  // Subsidies
  'subsidy_claim.update': { name: ['填写', 'Edit'] },
  'subsidy_claim.submit': { name: ['提交', 'Submit'] },
  'subsidy_claim.withdraw': { name: ['撤回申请', 'Withdraw'], tone: 'danger', fields: [reason(true)] },
  'subsidy_claim.confirm': { name: ['确认利息', 'Confirm the interest'] },
  'subsidy_claim.return': { name: ['退回补正', 'Return'], fields: [reason(true)] },
  'subsidy_claim.reject': { name: ['不予补贴', 'Reject'], tone: 'danger', fields: [reason(true)] },
  'subsidy_claim.review': { name: ['初审', 'Review'] },
  'subsidy_claim.review_again': {
    name: ['复审', 'Review again'], explain: ['复审后提请审批；须与初审不是同一人。', 'Sends it for approval; another person than the first reviewer.'], done: ['已提请审批', 'Sent for approval'],
    fields: [{ at: '/opinion', kind: 'area', label: ['复审意见', 'What was found'], required: true }],
  },
  'subsidy_claim.archive': { name: ['归档', 'Archive'] },
  'subsidy.announce': {
    name: ['公示', 'Put on notice'], explain: ['公示期按方案的工作日推算，期满无异议自动转为待支付。', 'The days follow from the scheme; without objection the claims become payable by themselves.'],
    fields: [{ at: '/title', kind: 'text', label: ['标题', 'Title'], required: true }, { at: '/body', kind: 'area', label: ['正文', 'Text'] }, { at: '/starts_on', kind: 'date', label: ['开始日期', 'First day'], hint: ['不填为今天', 'Today when left out'] }],
  },
  'payment_batch.create': { name: ['发起支付', 'Order the payment'], explain: ['须由未参与审核的人发起。', 'By somebody who reviewed none of it.'], fields: [{ at: '/note', kind: 'text', label: ['备注', 'Note'] }] },
  'subsidy_payment.record': {
    name: ['登记支付结果', 'Record the outcome'], fields: [
      { at: '/outcome', kind: 'choice', label: ['结果', 'Outcome'], required: true, choices: { paid: ['已支付', 'Paid'], failed: ['失败', 'Failed'] } },
      { at: '/voucher_no', kind: 'text', label: ['凭证号', 'Voucher'], hint: ['支付成功时必填，一号一付', 'Required when paid; one number pays once'] },
      { at: '/paid_on', kind: 'date', label: ['支付日期', 'Paid on'], hint: ['不填为今天', 'Today when left out'] },
      { at: '/failure', kind: 'area', label: ['失败原因', 'What the bank said'], hint: ['失败时必填', 'Required when failed'] },
    ],
  },
  'subsidy_payment.reopen': { name: ['重新支付', 'Pay again'], explain: ['可更正收款账号；不填沿用原账号。', 'The account can be corrected; left out it stays.'] },
  'claw_back.prepare': {
    name: ['追回', 'Claw back'], tone: 'danger', explain: ['提请审批，批准后向企业追回。', 'Prepares a decision; on approval the enterprise is asked to return it.'], press: ['提请审批', 'Send for approval'], done: ['已提请审批', 'Sent for approval'],
    fields: [
      { at: '/cause', kind: 'choice', label: ['原因', 'Cause'], required: true, choices: CLAW_BACK_CAUSE }, { at: '/extent', kind: 'choice', label: ['范围', 'Extent'], required: true, choices: CLAW_BACK_EXTENT },
      { at: '/since', kind: 'date', label: ['发生日期', 'Since'], required: true }, reason(true),
    ],
  },
  'claw_back.repay': {
    name: ['登记返还', 'Record a repayment'], fields: [{ at: '/amount_fen', kind: 'money', label: ['金额', 'Amount'], required: true }, { at: '/voucher_no', kind: 'text', label: ['凭证号', 'Voucher'], required: true }, { at: '/received_on', kind: 'date', label: ['到账日期', 'Received on'] }],
  },
  'subsidy_budget.set': {
    name: ['核定预算', 'Set the budget'], explain: ['提请审批，批准后生效；不得低于已占用和已支付。', 'Prepares a decision; never below what is committed and paid.'], press: ['提请审批', 'Send for approval'], done: ['已提请审批', 'Sent for approval'],
    fields: [{ at: '/year', kind: 'number', label: ['年度', 'Year'], required: true }, { at: '/total_fen', kind: 'money', label: ['预算总额', 'Total'], required: true }, reason(true)],
  },
  'reconciliation.explain': { name: ['说明差异', 'Explain'], fields: [reason(true)] },
  'period.close': { name: ['结账', 'Close'], explain: ['结账后该期间不能再记账，也不可恢复。', 'Nothing can be booked in a closed period; this cannot be undone.'], fields: [{ at: '/period', kind: 'text', label: ['期间', 'Period'], hint: ['例如 2026-03 或 2026', 'For example 2026-03 or 2026'], required: true }] },

  // Decisions
  'decision.approve': { name: ['批准', 'Approve'], explain: ['批准后立即生效。', 'It takes effect at once.'], fields: [{ at: '/reason', kind: 'area', label: ['意见（可不填）', 'Remark (optional)'] }], shape: (typed) => (typed.reason ? typed : {}) },
  'decision.refuse': { name: ['不批准', 'Refuse'], tone: 'danger', fields: [reason(true)] },
  'decision.void': { name: ['撤回', 'Take back'], explain: ['撤回后事项不变，可重新提请。', 'Nothing changes; it can be prepared again.'], fields: [reason(true)] },

  // Objections
  'objection.admit': { name: ['受理异议', 'Admit'], explain: ['受理后须在期限内核查并答复。', 'Once admitted it must be investigated and answered in time.'] },
  'objection.reject': { name: ['不予受理', 'Not admissible'], tone: 'danger', explain: ['仅限匿名、无证据等情形。', 'For anonymous or unsupported objections.'], fields: [reason(true)] },
  'objection.investigate': { name: ['开始核查', 'Investigate'] },
  'objection.resolve': {
    name: ['作出结论', 'Resolve'], explain: ['“成立”将提请不予认定；“不成立”恢复公示。', 'Upheld leads to denial; dismissed lets the notice run on.'],
    fields: [
      { at: '/outcome', kind: 'choice', label: ['结论', 'Outcome'], required: true, choices: { upheld: ['成立', 'Upheld'], dismissed: ['不成立', 'Dismissed'] } },
      { at: '/answer', kind: 'area', label: ['答复内容', 'Answer'], required: true },
    ],
  },
  'objection.reply': { name: ['标记已答复', 'Mark as answered'], explain: ['确认答复已送达异议人。', 'Confirms that the answer has reached the objector.'] },

  // Enterprises
  'claim.decide/approval': {
    name: ['通过', 'Approve'], explain: ['通过后申请人即可代表该企业办理业务。', 'The person acts for the enterprise from then on.'],
    fields: [{ at: '/evidence', kind: 'area', label: ['核验依据', 'What was seen'], hint: ['例如：营业执照原件、加盖公章的授权书', 'For example: the licence and a stamped authorisation'], required: true }],
  },
  'claim.decide/refusal': { name: ['不通过', 'Refuse'], tone: 'danger', fields: [reason(true)] },
  'fact.verify': { name: ['核验', 'Verify'] },
  'metric.verify': { name: ['核验数据', 'Verify figures'] },

  // Users
  'user.suspend': { name: ['停用账号', 'Suspend'], tone: 'danger', explain: ['停用后该账号的全部登录立即结束。', 'All sessions of the account end at once.'], fields: [reason(true)] },
  'user.reinstate': { name: ['恢复账号', 'Reinstate'] },
  'user_session.close': { name: ['结束会话', 'End the session'], tone: 'danger', explain: ['该设备上的登录立即结束，未保存的内容可能丢失。', 'The sign-in on that device ends at once; what is not saved there may be lost.'] },
  'user_session.close/sessions': { name: ['结束全部会话', 'End all sessions'], tone: 'danger', explain: ['该账号在所有设备上的登录立即结束，可以重新登录。', 'The account is signed out everywhere at once; its owner may sign in again.'] },
  'role.grant': {
    name: ['设置角色', 'Set roles'], explain: ['三员（系统、安全、审计管理员）互斥。保存后立即生效。', 'The three administrators exclude one another. In force at once.'],
    fields: [{ at: '/roles', kind: 'many', label: ['角色', 'Roles'], choices: ROLE }],
  },

  // Rule sets
  'rule_set.update': { name: ['修改草稿', 'Edit draft'] },
  'rule_set.publish': { name: ['发布规则', 'Publish rules'], explain: ['发布后此版本永不更改，新批次可引用。须由未参与编写的人发布。', 'A published version never changes. Whoever wrote none of it publishes it.'] },
};

/** One action may lead to several steps (a round advances to more than one phase): the last part of its address tells which. */
export function wordsOf(action: { action: string; href: string }): ActionWords | undefined {
  return ACTIONS[`${action.action}/${action.href.split('/').pop() ?? ''}`] ?? ACTIONS[action.action];
}
