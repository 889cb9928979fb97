// Every action of a record that the console offers by a dialog of the common kind: its name, what it asks, what it means.
import { ROLE } from '../words/labels';
import type { Say } from '../words/say';
import type { AskedField } from './Ask';

export interface ActionWords {
  name: Say;
  /** Told in the dialog: what will happen. */
  explain?: Say;
  press?: Say;
  done?: Say;
  tone?: 'danger';
  wide?: boolean;
  fields?: AskedField[];
  /** Makes the body of what was typed, where the two differ. */
  shape?: (typed: Record<string, unknown>) => unknown;
}

const reason = (required: boolean): AskedField => ({ at: '/reason', kind: 'area', label: ['理由', 'Reason'], required });

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
  'application.accept': { name: ['受理', 'Accept'] },
  'application.return': { name: ['退回补正', 'Return for correction'] },
  'application.override': { name: ['准入条件放行', 'Let gate rules pass'] },
  'application.withdraw': { name: ['撤回申报', 'Withdraw'], tone: 'danger', explain: ['撤回后本申报结束；申报期内可以重新申报。', 'This ends the application; while the round is open you may begin another.'], fields: [reason(false)] },
  'application.reject': { name: ['形式审查不通过', 'Do not accept'], tone: 'danger', explain: ['申报就此结束，企业会看到理由。', 'This ends the application; the enterprise reads the reason.'], fields: [reason(true)] },
  'application.propose': { name: ['列入拟认定', 'Propose'], explain: ['提请审批。由另一人批准后才生效。', 'Prepares a decision; it takes effect when a second person approves it.'], press: ['提请审批', 'Send for approval'], done: ['已提请审批', 'Sent for approval'], fields: [reason(true)] },
  'application.not_select': { name: ['不予入选', 'Not select'], explain: ['提请审批。由另一人批准后才生效，企业留在培育库。', 'Prepares a decision; it takes effect when a second person approves it. The enterprise stays in the library.'], press: ['提请审批', 'Send for approval'], done: ['已提请审批', 'Sent for approval'], fields: [reason(true)] },
  'application.void': { name: ['作废申报', 'Declare void'], tone: 'danger', explain: ['用于弄虚作假等情形。提请审批，由另一人批准后才生效。', 'For fraud and the like. It takes effect when a second person approves it.'], press: ['提请审批', 'Send for approval'], done: ['已提请审批', 'Sent for approval'], fields: [reason(true)] },

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
