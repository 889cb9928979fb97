// What the trail of audit events speaks of: every action that leaves an event, every kind of subject. What a record offers as a button
// or shows in its timeline has its name already; the rest stands here.
import { ACTIONS } from '../../ui/action-words';
import { DECISION_ACTION, EVENT, type Table } from '../../words/labels';
import { told, type Lang } from '../../words/say';

const TRAIL: Table = {
  'annual_update.create': ['开始年度更新', 'Yearly report begun'], 'application.try_batch': ['试办批量操作', 'Bulk action tried'], 'arbiter.call': ['请第三方评审', 'Arbiter called'], 'bank.create': ['登记银行', 'Bank registered'],
  'audit.verify': ['校验审计记录', 'Trail verified'], 'bank.update': ['修改银行资料', 'Bank edited'], 'bank_user.remove': ['移除银行账户人员', 'Clerk removed from a bank'], 'bank_user.set': ['指定银行账户人员', 'Clerk assigned to a bank'], 'banks.assess': ['银行考核', 'Banks assessed'],
  'calendar.import': ['导入工作日历', 'Calendar imported'], 'claim.create': ['申请认领企业', 'Enterprise claimed'], 'claim.decide': ['处理企业认领', 'Claim decided'], 'compensation.commit': ['占用补偿资金', 'Compensation committed'],
  'compensation.file': ['建立风险补偿申请', 'Compensation claim begun'], 'conflict.end': ['解除利益冲突', 'Conflict ended'], 'conflict.pin': ['登记利益冲突', 'Conflict pinned'], 'decision.prepare': ['提请审批', 'Sent for approval'],
  'decision.try_batch': ['试办批量审批', 'Bulk approval tried'], demo: ['演示数据', 'Demo data'], 'department.create': ['建立单位', 'Department created'], 'department.staff': ['指定单位人员', 'Department staffed'],
  'department.update': ['修改单位', 'Department edited'], 'email.confirm': ['确认邮箱', 'E-mail confirmed'], 'employment.create': ['登记任职', 'Employment registered'], 'employment.end': ['结束任职', 'Employment ended'],
  'enterprise.create': ['建立企业档案', 'Enterprise put on record'], 'enterprise.import': ['导入企业', 'Enterprises imported'], 'enterprise.update': ['修改企业资料', 'Enterprise edited'], 'expert.create': ['登记专家', 'Expert registered'],
  'expert.update': ['修改专家资料', 'Expert edited'], 'fact.create': ['登记资质或事实', 'Fact recorded'], 'fact.end': ['结束资质或事实', 'Fact ended'], 'fact.update': ['修改资质或事实', 'Fact edited'], 'fact.write': ['登记资质或事实', 'Fact recorded'],
  'feedback.reopen': ['重新填写反馈', 'Feedback reopened'], 'feedback.update': ['填写反馈', 'Feedback written'], 'job.run': ['运行作业', 'Job run'], 'key.make': ['生成签名密钥', 'Signing key made'], 'key.retire': ['停用签名密钥', 'Signing key retired'],
  'key.rotate': ['更换签名密钥', 'Signing key rotated'], 'loan.create': ['登记贷款', 'Loan registered'], 'loan.import': ['导入贷款', 'Loans imported'], 'loan_entry.reverse': ['冲正', 'Entry reversed'], 'loan_scheme.create': ['建立人才贷方案', 'Loan scheme created'],
  'loan_scheme.update': ['修改人才贷方案', 'Loan scheme edited'], 'lpr_rate.import': ['导入 LPR', 'Prime rates imported'], 'mail.retry': ['重新发送邮件', 'Mail sent again'], 'major_change.report': ['报告重大变更', 'Major change reported'],
  'me.update': ['修改个人信息', 'Own data edited'], 'member.add': ['加入企业人员', 'Person added to an enterprise'], 'member.remove': ['移除企业人员', 'Person removed from an enterprise'], 'member.verify': ['核验企业人员', 'Person of an enterprise verified'],
  'message.read': ['阅读消息', 'Message read'], 'message_preference.choose': ['设置邮件偏好', 'Mail preferences set'], 'metric.write': ['填写年度数据', 'Annual figure recorded'], 'minutes.update': ['填写会议纪要', 'Minutes written'],
  'objection.file': ['提出异议', 'Objection filed'], 'objection.record': ['登记线下异议', 'Objection recorded'], 'panel.draw': ['抽取专家', 'Panel drawn'], 'password.change': ['修改密码', 'Password changed'],
  'password.refuse': ['密码不正确', 'Password refused'], 'password.reset': ['重设密码', 'Password reset'], 'password_reset.ask': ['申请重设密码', 'Password reset asked for'], 'ranking.move': ['手工调整名次', 'Moved by hand'],
  'ranking.release': ['按排序提请审批', 'Ranking sent for approval'], 'redaction.update': ['标记须遮盖的文字', 'Words to be hidden chosen'], 'registration.create': ['注册账户', 'Account registered'], 'review.declare': ['声明利益关系', 'Conflict declared or denied'],
  'review.end': ['终止评审', 'Review ended'], 'review.score': ['填写评分', 'Marks written'], 'review.submit': ['提交评分', 'Marks submitted'], 'review_plan.update': ['设置评审方案', 'Review planned'], 'round.advance': ['批次进入下一阶段', 'Round moved on'],
  'round.create': ['建立批次', 'Round created'], 'rule_set.create': ['建立规则', 'Rules drafted'], 'score.freeze': ['固定评审结果', 'Scores frozen'], 'self_check.run': ['自测', 'Self-check'], 'session.close': ['退出登录', 'Signed out'], 'session.open': ['登录', 'Signed in'],
  'session.refresh': ['续期登录', 'Session continued'], 'session.token_reused': ['登录凭证被重复使用', 'Session token used twice'], 'site_visit.attach': ['添加核查材料', 'File added to a visit'], 'site_visit.update': ['填写核查记录', 'Visit recorded'],
  'statement.import': ['导入银行流水', 'Bank statement imported'], 'subsidies.release': ['公示期满，转待支付', 'Public notice ended, payable'], 'subsidy_claim.create': ['建立贴息申请', 'Subsidy claim begun'], 'subsidy_quote.create': ['试算贴息', 'Subsidy quoted'],
  'support_delivery.flag': ['标记支持兑现差异', 'Delivery flagged'], 'support_delivery.record': ['登记支持兑现', 'Delivery recorded'], 'support_delivery.update': ['修改支持兑现', 'Delivery edited'], 'support_flag.clear': ['解除标记', 'Flag cleared'],
  'support_item.assign': ['交办', 'Item assigned'], 'support_item.attach': ['添加佐证', 'File added to an item'], 'support_item.escalate': ['督办升级', 'Item escalated'], 'support_item.raise': ['提出诉求', 'Item raised'],
  'support_plan.create': ['建立一企一策方案', 'Support plan begun'], 'support_plan.propose': ['提出方案', 'Support plan proposed'], 'support_plan.request_change': ['申请调整方案', 'Change of a plan asked for'], 'support_plan.update': ['修改方案', 'Support plan edited'],
  'support_visit.record': ['登记走访', 'Visit recorded'], 'talent.create': ['登记人才', 'Talent registered'], 'talent.update': ['修改人才资料', 'Talent edited'], 'update_window.create': ['设置年度更新期', 'Window of yearly reports set'],
  'update_window.sweep': ['年度更新到期处理', 'Window of yearly reports ended'], 'user.invite': ['邀请用户', 'User invited'], 'user.lock': ['锁定账户', 'Account locked'],
};

export const SUBJECT: Table = {
  address: ['网络地址', 'Network address'], annual_update: ['年度更新', 'Yearly report'], application: ['申报', 'Application'], bank: ['银行', 'Bank'], bank_statement: ['银行流水', 'Bank statement'], calendar: ['工作日历', 'Calendar'], claim: ['企业认领', 'Enterprise claim'],
  closed_period: ['已结账期间', 'Closed period'], compensation_claim: ['风险补偿申请', 'Compensation claim'], conflict: ['利益冲突', 'Conflict of interest'], decision: ['审批', 'Decision'], department: ['单位', 'Department'], direction: ['预研方向', 'Direction'],
  draw: ['抽取', 'Draw'], enterprise: ['企业', 'Enterprise'], enterprise_link: ['上下游关系', 'Link of the chain'], expert: ['专家', 'Expert'], feedback: ['未入选反馈', 'Feedback'], job: ['作业', 'Job'], key: ['签名密钥', 'Signing key'], loan: ['贷款', 'Loan'],
  loan_scheme: ['人才贷方案', 'Loan scheme'], lpr_rate: ['LPR', 'Prime rate'], mail: ['邮件', 'Mail'], mail_template: ['邮件模板', 'Letter'], major_change: ['重大变更', 'Major change'], membership: ['在库资格', 'Membership'], notice: ['公示', 'Public notice'], objection: ['异议', 'Objection'],
  panel: ['专家组', 'Panel'], payment_batch: ['支付批次', 'Payment batch'], pool: ['风险池', 'Risk pool'], pool_transaction: ['风险池流水', 'Pool transaction'], recheck: ['复核', 'Re-check'], recheck_draw: ['双随机抽查', 'Random draw'],
  recruitment_lead: ['招引线索', 'Lead'], review: ['专家评审', 'Review'], round: ['批次', 'Round'], round_invitation: ['申报邀请', 'Invitation to apply'], rule_set: ['规则', 'Rules'], session: ['登录', 'Session'], site_visit: ['实地核查', 'Site visit'],
  subsidy_budget: ['贴息预算', 'Subsidy budget'], subsidy_claim: ['贴息申请', 'Subsidy claim'], subsidy_claw_back: ['贴息追回', 'Claw-back'], subsidy_payment: ['贴息支付', 'Subsidy payment'], support_delivery: ['支持兑现', 'Delivery'],
  support_item: ['服务事项', 'Support item'], support_plan: ['一企一策', 'Support plan'], support_visit: ['走访', 'Support visit'], talent: ['人才', 'Talent'], update_window: ['年度更新期', 'Window of yearly reports'], user: ['用户', 'User'],
};

export function eventName(action: string, lang: Lang): string {
  const words = EVENT[action] ?? TRAIL[action] ?? ACTIONS[action]?.name ?? DECISION_ACTION[action];
  return words ? told(words, lang) : action;
}

/** For the filter: every action by its name, those of one kind together. */
export function eventOptions(lang: Lang): Array<{ value: string; label: string }> {
  const codes = [...new Set([...Object.keys(EVENT), ...Object.keys(TRAIL), ...Object.keys(ACTIONS)])].sort();
  return codes.map((value) => {
    const subject = SUBJECT[value.split('.')[0] ?? ''];
    return { value, label: `${subject ? `${told(subject, lang)} · ` : ''}${eventName(value, lang)}` };
  });
}

/** A job of the clock, or nobody who was signed in. Of a user the server says the name. */
export function actorName(row: { actor: string; actor_name?: string | null }, lang: Lang): string {
  if (row.actor_name) return row.actor_name;
  if (row.actor === 'anonymous') return lang === 'en' ? 'Not signed in' : '未登录';
  return row.actor.startsWith('system:') ? (lang === 'en' ? 'System' : '系统') : row.actor;
}
