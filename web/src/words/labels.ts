// The names people read for the codes the server answers. A code that is not here yet is shown as it is rather than hidden.
import { told, type Lang, type Say } from './say';

export type Table = Record<string, Say>;

export const TIER: Table = {
  seed: ['种子企业', 'Seed enterprise'],
  future_star: ['未来之星', 'Future star'],
  leading: ['领军企业', 'Leading enterprise'],
  ecosystem: ['生态型企业', 'Ecosystem enterprise'],
};

export const LANE: Table = { ladder: ['梯度通道', 'Ladder'], ecosystem: ['生态通道', 'Ecosystem'] };

export const ROUND_STATE: Table = {
  draft: ['草稿', 'Draft'],
  published: ['已发布', 'Published'],
  open: ['申报中', 'Open'],
  closed: ['申报截止', 'Closed'],
  formal_review: ['形式审查', 'Formal review'],
  expert_review: ['专家评审', 'Expert review'],
  site_check: ['实地核查', 'Site check'],
  deliberation: ['联席审议', 'Deliberation'],
  publicity: ['公示中', 'Public notice'],
  concluded: ['已认定公布', 'Concluded'],
  archived: ['已归档', 'Archived'],
  cancelled: ['已终止', 'Cancelled'],
};

export const APPLICATION_STATE: Table = {
  draft: ['草稿', 'Draft'],
  submitted: ['已提交', 'Submitted'],
  returned: ['退回补正', 'Returned for correction'],
  accepted: ['已受理', 'Accepted'],
  rejected_formal: ['形式审查不通过', 'Not accepted'],
  in_review: ['评审中', 'In expert review'],
  scored: ['评审完成', 'Scored'],
  site_checked: ['已核查', 'Site checked'],
  proposed: ['拟认定', 'Proposed'],
  not_selected: ['未入选', 'Not selected'],
  in_publicity: ['公示中', 'In public notice'],
  objected: ['异议核查中', 'Objection under investigation'],
  recognised: ['已认定', 'Recognised'],
  denied: ['异议成立，不予认定', 'Denied after an objection'],
  withdrawn: ['已撤回', 'Withdrawn'],
  void: ['作废', 'Void'],
};

/** For applicants: what the state means for them, and what comes next. */
export const APPLICATION_PLAIN: Table = {
  draft: ['您还没有提交。填完后请在截止时间前提交。', 'You have not submitted yet. Complete the form and submit it before the deadline.'],
  submitted: ['我们已收到您的申报，经办人将检查材料是否齐全、是否符合条件。您暂时不用做什么。', 'We have your application. An officer will check whether it is complete and eligible. Nothing to do for you right now.'],
  returned: ['经办人请您补正几处内容。请在期限内修改并重新提交。', 'An officer asks you to correct a few things. Please do so and submit again in time.'],
  accepted: ['您的申报已通过形式审查，进入后续环节。您暂时不用做什么。', 'Your application has passed formal review and moves on. Nothing to do for you right now.'],
  rejected_formal: ['您的申报未通过形式审查，原因见下方记录。您可以参加下一批次。', 'Your application did not pass formal review; the reason is in the history below. You may apply in a later round.'],
  in_review: ['专家正在独立评审您的申报。', 'Experts are scoring your application independently.'],
  scored: ['专家评审已完成，等待后续决定。', 'The experts have finished; a decision follows.'],
  site_checked: ['实地核查已完成，等待后续决定。', 'The site visit is done; a decision follows.'],
  proposed: ['您的企业已列入拟认定名单，公示后即可认定。', 'Your enterprise is on the proposed list; recognition follows after the public notice.'],
  not_selected: ['本批次未入选，您的企业会留在培育库中，下一批次可再次申报。', 'Not selected this time. Your enterprise stays in the library and may apply again.'],
  in_publicity: ['拟认定名单正在公示，公示期满无异议即认定。', 'The proposed list is on public notice; recognition follows when it ends without objection.'],
  objected: ['公示期间收到异议，正在核查，结果会通知您。', 'An objection was received and is being investigated; you will be told the result.'],
  recognised: ['恭喜！您的企业已被认定，证书可在下方查看。', 'Congratulations! Your enterprise is recognised; see your certificate below.'],
  denied: ['经核查异议成立，本次不予认定，理由见下方记录。', 'The objection was upheld and recognition denied; the reason is in the history below.'],
  withdrawn: ['您已撤回本次申报。', 'You have withdrawn this application.'],
  void: ['本次申报已作废，理由见下方记录。', 'This application was declared void; the reason is in the history below.'],
};

export const OUTCOME: Table = {
  met: ['满足', 'Met'],
  unmet: ['不满足', 'Not met'],
  unknown: ['数据缺失', 'Data missing'],
  manual_review: ['需人工核验', 'Needs an officer'],
  not_applicable: ['不适用', 'Not applicable'],
};

/** Vetoes read the other way round: met means the veto does not apply. */
export const VETO_OUTCOME: Table = {
  met: ['不涉及', 'Does not apply'],
  unmet: ['涉及，一票否决', 'Applies: ends eligibility'],
  unknown: ['未说明', 'Not stated'],
  manual_review: ['待核验', 'To be checked'],
  not_applicable: ['不适用', 'Not applicable'],
};

export const MEMBERSHIP_STATE: Table = {
  candidate: ['储备', 'Candidate'],
  active: ['在库', 'Active'],
  watch: ['预警', 'Watch'],
  suspended: ['暂停', 'Suspended'],
  re_review: ['复核中', 'Under re-check'],
  promoted: ['晋级', 'Promoted'],
  demoted: ['降级', 'Demoted'],
  exited: ['退库', 'Exited'],
  revoked: ['撤销', 'Revoked'],
  expired: ['到期', 'Expired'],
};

export const MEMBERSHIP_SOURCE: Table = {
  screening: ['筛选认定', 'Screening'],
  not_selected: ['筛选未入选', 'Not selected in screening'],
  self_check: ['自测', 'Self-check'],
  import: ['批量导入', 'Import'],
  competition: ['大赛', 'Competition'],
  referral: ['推荐', 'Referral'],
  recruitment: ['招引落地', 'Recruitment'],
};

export const DECISION_STATE: Table = {
  pending: ['待审批', 'Waiting'],
  approved: ['已批准', 'Approved'],
  refused: ['未批准', 'Refused'],
  voided: ['已撤回', 'Taken back'],
};

export const DECISION_ACTION: Table = {
  'application.override': ['准入条件放行', 'Let a gate rule pass'],
  'application.propose': ['列入拟认定', 'Propose for recognition'],
  'application.not_select': ['不予入选', 'Not select'],
  'application.void': ['作废申报', 'Declare void'],
  'panel.redraw': ['重新抽取专家', 'Draw the panel again'],
  'round.release': ['按排序发布评审结论', 'Release the outcomes of a ranking'],
  'feedback.send': ['发送未入选反馈', 'Send feedback to an applicant'],
  'support_item.explain': ['以解释结案', 'Close by explanation'],
  'compensation.admit': ['受理补偿', 'Admit the compensation'],
  'compensation.refuse': ['不予补偿', 'Refuse the compensation'],
  'compensation.pay': ['支付补偿', 'Pay the compensation'],
  'pool.allocate': ['风险池注资', 'Allocate to the pool'],
  'pool.refund': ['风险池退回', 'Refund from the pool'],
  'pool.adjust': ['风险池调整', 'Adjust the pool'],
  'subsidy_budget.set': ['核定贴息预算', 'Set the subsidy budget'],
  'subsidy_claim.approve': ['批准贴息', 'Grant the subsidy'],
  'subsidy_claim.claw_back': ['追回贴息', 'Claw the subsidy back'],
  'support_item.extend': ['事项延期', 'Extend the item'],
  'membership.suspend': ['暂停在库资格', 'Suspend a membership'],
  'membership.exit': ['退库', 'Leave the library'],
  'membership.revoke': ['撤销资格', 'Revoke a title'],
  'recheck.conclude': ['复核结论', 'Conclude a re-check'],
};

export const OBJECTION_STATE: Table = {
  received: ['已收到', 'Received'],
  admitted: ['已受理', 'Admitted'],
  inadmissible: ['不予受理', 'Not admissible'],
  investigating: ['核查中', 'Under investigation'],
  upheld: ['成立', 'Upheld'],
  dismissed: ['不成立', 'Dismissed'],
  replied: ['已答复', 'Answered'],
};

export const NOTICE_KIND: Table = {
  recognition_list: ['拟认定名单', 'Proposed recognitions'],
  subsidy_list: ['补贴名单', 'Subsidies'],
};

export const ROLE: Table = {
  applicant: ['企业', 'Enterprise'],
  officer: ['经办人', 'Officer'],
  approver: ['分管领导', 'Approver'],
  department: ['责任单位', 'Department'],
  expert: ['评审专家', 'Expert'],
  fund_manager: ['基金管理人', 'Fund manager'],
  bank: ['合作银行', 'Bank'],
  system_admin: ['系统管理员', 'System administrator'],
  security_admin: ['安全管理员', 'Security administrator'],
  auditor: ['审计管理员', 'Auditor'],
};

export const USER_STATE: Table = {
  unconfirmed: ['未确认', 'Unconfirmed'],
  invited: ['已邀请', 'Invited'],
  active: ['正常', 'Active'],
  suspended: ['已停用', 'Suspended'],
};

export const ENTERPRISE_STATUS: Table = {
  active: ['存续', 'Active'],
  moved_out: ['迁出', 'Moved out'],
  deregistered: ['注销', 'Deregistered'],
};

export const ENTERPRISE_SOURCE: Table = {
  registration: ['企业注册', 'Registration'],
  officer: ['经办人建档', 'Officer'],
  import: ['批量导入', 'Import'],
};

export const ENTRY_SOURCE: Table = { enterprise: ['企业填报', 'Enterprise'], officer: ['经办人录入', 'Officer'] };

export const MEMBER_ROLE: Table = { owner: ['负责人', 'Owner'], member: ['成员', 'Member'] };

export const CLAIM_STATE: Table = {
  pending: ['待处理', 'Waiting'],
  approved: ['已通过', 'Approved'],
  refused: ['未通过', 'Refused'],
};

export const FACT_KIND: Table = {
  title: ['资质称号', 'Title'],
  ip: ['知识产权', 'Intellectual property'],
  award: ['获奖', 'Award'],
  partner: ['合作伙伴', 'Partner'],
  sourced_project: ['项目来源', 'Project source'],
  talent: ['高层次人才', 'Talent'],
  institution: ['研发机构', 'R&D institution'],
  equity_round: ['股权融资', 'Equity round'],
  landing_agreement: ['落地协议', 'Landing agreement'],
  niche: ['细分领域', 'Niche market'],
  industry: ['行业分类', 'Industry class'],
  data_consent: ['数据使用同意', 'Data consent'],
  incident: ['负面事件', 'Incident'],
  veto: ['否决事项声明', 'Veto statement'],
};

export const LEVEL: Table = {
  district: ['区级', 'District'],
  municipal: ['市级', 'Municipal'],
  provincial: ['省级', 'Provincial'],
  national: ['国家级', 'National'],
};

export const PARTNER_ROLE: Table = { up: ['上游', 'Upstream'], down: ['下游', 'Downstream'], peer: ['同行', 'Peer'] };

export const PROJECT_KIND: Table = {
  poc_centre: ['概念验证中心', 'Proof-of-concept centre'],
  competition: ['创新创业大赛', 'Competition prize'],
  pilot_base: ['中试基地', 'Pilot-scale base'],
  technology_transfer: ['高校院所成果转化', 'Technology transfer'],
};

export const SECTION: Table = {
  contact: ['联系人', 'Contact'],
  summary: ['企业简介', 'Summary'],
  track: ['赛道', 'Track'],
  figures: ['经营与创新数据', 'Figures'],
  statements: ['承诺', 'Statements'],
  attachments: ['附件', 'Files'],
};

export const SECTION_STATE: Table = { empty: ['未填', 'Empty'], optional: ['选填，未填', 'Optional, empty'], incomplete: ['未填完', 'Incomplete'], complete: ['已填完', 'Complete'], to_correct: ['待补正', 'To be corrected'], corrected: ['已补正', 'Corrected'] };

export const RULE_SET_STATE: Table = { draft: ['草稿', 'Draft'], published: ['已发布', 'Published'] };

export const MAIL_STATE: Table = {
  queued: ['待发送', 'Queued'],
  sent: ['已发送', 'Sent'],
  dead: ['发送失败', 'Dead letter'],
};

export const MATURITY: Table = {
  not_yet: ['空白', 'Not yet present'],
  starting: ['起步', 'Starting'],
  base: ['具有基础', 'Established base'],
};

export const REVIEW_STATE: Table = {
  assigned: ['待声明', 'To be declared'], open: ['评审中', 'Scoring'], submitted: ['已提交', 'Submitted'], abstained: ['已回避', 'Abstained'], recused: ['已令回避', 'Recused'], replaced: ['已替换', 'Replaced'], ended: ['已终止', 'Ended'],
};
export const EXPERT_KIND: Table = { technical: ['技术', 'Technical'], finance: ['财务', 'Finance'], industry: ['产业', 'Industry'], investment: ['投资', 'Investment'] };
export const EXPERT_STATE: Table = { active: ['在库', 'Active'], retired: ['已退出', 'Retired'] };
export const METHOD: Table = { plain: ['算术平均', 'Mean'], median: ['中位数', 'Median'], trimmed: ['去掉最高最低后平均', 'Trimmed mean'], z_score: ['标准化后平均', 'Normalised mean'] };
export const VISIBILITY: Table = { never: ['互不可见', 'Never'], after_own: ['本人提交后可见', 'After one’s own'], after_phase: ['评审结束后可见', 'After the phase'] };
export const CONFLICT_GROUND: Table = {
  member: ['企业人员', 'Acts for it'], same_employer: ['同一单位', 'Same employer'], past_employer: ['曾任职', 'Past employer'], investor: ['投资关系', 'Investor'], partner: ['合作关系', 'Partner'], other: ['其他', 'Other'],
};
export const CONFLICT_SOURCE: Table = { computed: ['系统识别', 'Computed'], declared: ['本人声明', 'Declared'], pinned: ['经办人指定', 'Pinned'] };

export const ITEM_STATE: Table = {
  raised: ['已提出', 'Raised'], accepted: ['已受理', 'Accepted'], assigned: ['已交办', 'Assigned'], in_progress: ['办理中', 'In progress'], pending_confirm: ['待企业确认', 'To be confirmed'],
  closed: ['已销号', 'Closed'], returned: ['退回交办', 'Sent back'], suspended: ['暂缓', 'Suspended'], reopened: ['重新办理', 'Reopened'], explained: ['已解释', 'Explained'],
};
export const ITEM_KIND: Table = { problem: ['问题', 'Problem'], need: ['需求', 'Need'], measure: ['措施', 'Measure'] };
export const ITEM_STEP: Table = {
  raise: ['提出', 'Raised'], accept: ['受理', 'Accepted'], assign: ['交办', 'Assigned'], answer: ['承接答复', 'Answered'], return: ['退回', 'Sent back'], progress: ['进展', 'Progress'], suspend: ['暂缓', 'Suspended'],
  resume: ['恢复', 'Resumed'], extend: ['延期', 'Extended'], complete: ['办结', 'Completed'], confirm: ['企业确认', 'Confirmed'], reject: ['企业不认可', 'Not accepted'], close: ['销号', 'Closed'], explain: ['解释', 'Explained'], reopen: ['重新办理', 'Reopened'],
};
export const ESCALATION: Table = { none: ['正常', 'On time'], yellow: ['黄牌', 'Yellow card'], red: ['红牌', 'Red card'] };
export const CATEGORY: Table = {
  FIN: ['融资', 'Finance'], SUB: ['补贴奖励', 'Subsidy'], EQT: ['股权投资', 'Equity'], TAL: ['人才', 'Talent'], LAND: ['用地空间', 'Land and space'], RND: ['研发', 'R&D'], IPR: ['知识产权', 'IP'],
  TTR: ['成果转化', 'Technology transfer'], SCN: ['应用场景', 'Scenarios'], MKT: ['市场', 'Market'], CHN: ['产业链', 'Chain'], COM: ['合规', 'Compliance'], DIG: ['数字化', 'Digital'], OTH: ['其他', 'Other'],
};
export const PLAN_STATE: Table = {
  draft: ['拟订', 'Draft'], consulting: ['征求意见', 'Consulting'], confirmed: ['已确认', 'Confirmed'], executing: ['执行中', 'Executing'], mid_review: ['中期评估', 'Mid review'],
  adjusted: ['已调整', 'Adjusted'], evaluated: ['已评价', 'Evaluated'], closed: ['已结案', 'Closed'],
};
export const FUND_SOURCE: Table = { national: ['国家', 'National'], provincial: ['省', 'Provincial'], municipal: ['市', 'Municipal'], district: ['区', 'District'], park: ['园区', 'Park'], social: ['社会资本', 'Private'] };

export const LOAN_STATE: Table = { registered: ['已备案', 'Registered'], active: ['存续', 'Active'], overdue: ['逾期', 'Overdue'], settled: ['已结清', 'Settled'], cancelled: ['已撤销', 'Cancelled'] };
export const LOAN_CLASS: Table = { normal: ['正常', 'Normal'], special_mention: ['关注', 'Special mention'], substandard: ['次级', 'Substandard'], doubtful: ['可疑', 'Doubtful'], loss: ['损失', 'Loss'] };
export const LOAN_PURPOSE: Table = { research: ['研发', 'Research'], results_conversion: ['成果转化', 'Conversion of results'], production: ['生产', 'Production'], equipment: ['设备', 'Equipment'], working_capital: ['流动资金', 'Working capital'] };
export const ENTRY_KIND: Table = {
  drawdown: ['放款', 'Drawdown'], repayment: ['还款', 'Repayment'], prepayment: ['提前还款', 'Prepayment'], rate_reset: ['利率调整', 'Rate reset'], overdue_start: ['逾期开始', 'Overdue from'],
  overdue_end: ['逾期结束', 'Overdue until'], class_change: ['分类调整', 'Class'], extension: ['展期', 'Extension'], reversal: ['冲正', 'Reversal'],
};
export const BANK_STATE: Table = { filed: ['已备案', 'Filed'], suspended: ['暂停', 'Suspended'] };
export const COMPENSATION_STATE: Table = { filed: ['已申请', 'Filed'], returned: ['退回补正', 'Returned'], admitted: ['已受理', 'Admitted'], refused: ['不予补偿', 'Refused'], queued: ['排队待付', 'Queued'], paid: ['已支付', 'Paid'], closed: ['已办结', 'Closed'] };
export const POOL_KIND: Table = { allocation: ['注资', 'Allocation'], interest: ['利息', 'Interest'], commit: ['占用', 'Commitment'], release: ['释放', 'Release'], payout: ['补偿支出', 'Payout'], recovery: ['追偿返还', 'Recovery'], refund: ['退回', 'Refund'], adjust: ['调整', 'Adjustment'] };
export const POOL_ACCOUNT: Table = {
  available: ['可用', 'Available'], committed: ['占用', 'Committed'], 'source.province': ['省级注资', 'From the province'], 'source.city': ['市级注资', 'From the city'], 'source.district': ['区级注资', 'From the district'],
  'payouts.province': ['省级支出', 'Payouts, province'], 'payouts.city': ['市级支出', 'Payouts, city'], 'payouts.district': ['区级支出', 'Payouts, district'], 'recoveries.province': ['省级返还', 'Recoveries, province'],
  'recoveries.city': ['市级返还', 'Recoveries, city'], 'recoveries.district': ['区级返还', 'Recoveries, district'], 'refunds.province': ['省级退回', 'Refunds, province'], 'refunds.city': ['市级退回', 'Refunds, city'],
  'refunds.district': ['区级退回', 'Refunds, district'], interest: ['利息收入', 'Interest'], adjustments: ['调整', 'Adjustments'],
};
export const GOVERNMENT: Table = { province: ['省', 'Province'], city: ['市', 'City'], district: ['区', 'District'] };
export const ID_DOCUMENT: Table = { resident_id: ['居民身份证', 'Resident identity card'], foreign_permanent_resident: ['外国人永久居留证', 'Foreign permanent resident card'], hk_macao_taiwan_permit: ['港澳台居民居住证', 'Residence permit (HK, Macao, Taiwan)'], passport: ['护照', 'Passport'] };
export const EMPLOYMENT_LINK: Table = { labour_contract: ['劳动合同', 'Labour contract'], social_insurance: ['社会保险', 'Social insurance'], founder: ['创办人持股', 'Founder'] };

export const REVISION_STATE: Table = {
  draft: ['草稿', 'Draft'], in_force: ['生效中', 'In force'], requested: ['待对方答复', 'Waits for the other side'], refused: ['未同意', 'Refused'], withdrawn: ['已撤回', 'Withdrawn'], superseded: ['已被替代', 'Superseded'],
};

/** What happened, in timelines and in the audit trail. */
export const EVENT: Table = {
  'application.create': ['建立申报', 'Application begun'],
  'application.update': ['修改申报', 'Application edited'],
  'application.submit': ['提交申报', 'Submitted'],
  'application.withdraw': ['撤回申报', 'Withdrawn'],
  'application.accept': ['受理', 'Accepted'],
  'application.return': ['退回补正', 'Returned for correction'],
  'application.reject': ['形式审查不通过', 'Not accepted'],
  'application.lapse': ['逾期未补正', 'Correction overdue'],
  'application.override': ['准入条件放行', 'Gate rule let pass'],
  'application.enter_review': ['进入专家评审', 'Entered expert review'],
  'application.score': ['评审完成', 'Scored'],
  'application.check_site': ['完成实地核查', 'Site visit concluded'],
  'application.propose': ['列入拟认定', 'Proposed'],
  'application.not_select': ['未入选', 'Not selected'],
  'application.publicise': ['进入公示', 'Public notice began'],
  'application.object': ['收到异议', 'Objection received'],
  'application.deny': ['异议成立', 'Objection upheld'],
  'application.clear': ['异议不成立', 'Objection dismissed'],
  'application.recognise': ['认定', 'Recognised'],
  'application.void': ['作废', 'Declared void'],
  'application.cease': ['批次终止', 'Round cancelled'],
  'membership.recognise': ['认定入库', 'Recognised'],
  'membership.keep': ['保留在库', 'Kept in the library'],
  'membership.watch': ['列入预警', 'Put on watch'],
  'membership.clear': ['恢复正常在库', 'Back in good standing'],
  'membership.suspend': ['暂停资格', 'Suspended'],
  'membership.re_review': ['启动复核', 'Re-check opened'],
  'membership.promote': ['晋级', 'Promoted'],
  'membership.demote': ['降级', 'Demoted'],
  'membership.expire': ['到期', 'Expired'],
  'membership.exit': ['退库', 'Left the library'],
  'membership.revoke': ['撤销资格', 'Revoked'],
  'attachment.create': ['添加附件', 'File added'],
  'attachment.remove': ['移除附件', 'File removed'],
};

export function label(table: Table, code: string | null | undefined, lang: Lang): string {
  if (code === null || code === undefined) return '—';
  const words = table[code];
  return words ? told(words, lang) : code;
}

/** For choices: every code with its name. */
export function options(table: Table, lang: Lang): Array<{ value: string; label: string }> {
  return Object.keys(table).map((value) => ({ value, label: label(table, value, lang) }));
}

export const SUBSIDY_STATE: Table = {
  draft: ['草稿', 'Draft'], filed: ['待银行确认利息', 'Interest to be confirmed'], returned: ['退回补正', 'Returned'], confirmed: ['待初审', 'To be reviewed'], reviewed: ['待复审', 'To be reviewed again'],
  pending_approval: ['待审批', 'Waiting for approval'], approved: ['已批准', 'Approved'], in_publicity: ['公示中', 'In public notice'], objected: ['异议核查中', 'Objection under investigation'], payable: ['待支付', 'Payable'],
  in_payment: ['支付中', 'In payment'], payment_failed: ['支付失败', 'Payment failed'], paid: ['已支付', 'Paid'], archived: ['已归档', 'Archived'], rejected: ['不予补贴', 'Rejected'], withdrawn: ['已撤回', 'Withdrawn'],
};
/** For enterprises: what the state means for them, and what comes next. */
export const SUBSIDY_PLAIN: Table = {
  draft: ['您还没有提交。请在申报窗口内提交。', 'You have not submitted yet. Please do so while the window is open.'],
  filed: ['已收到。银行确认实收利息后即进入审核，您暂时不用做什么。', 'We have it. Review begins once the bank has confirmed the interest. Nothing to do for you right now.'],
  returned: ['请按意见补正后重新提交。', 'Please correct what is asked for and submit again.'],
  confirmed: ['银行已确认利息，等待审核。', 'The bank has confirmed the interest; review follows.'], reviewed: ['初审已完成，等待复审。', 'Reviewed once; a second person follows.'],
  pending_approval: ['审核已完成，等待审批。', 'The review is done; approval follows.'], approved: ['已批准，等待公示。', 'Approved; the public notice follows.'],
  in_publicity: ['正在公示，期满无异议即可支付。', 'On public notice; payment follows when it ends without objection.'], objected: ['公示期间收到异议，正在核查。', 'An objection is being investigated.'],
  payable: ['公示已结束，等待支付。', 'The notice has ended; payment follows.'], in_payment: ['已发起支付，等待银行回执。', 'The payment is ordered.'], payment_failed: ['支付未成功，工作人员会与您核对账号。', 'The payment failed; the office will check your account with you.'],
  paid: ['补贴已支付到您的账户。', 'The subsidy was paid to your account.'], archived: ['补贴已支付，申请已归档。', 'Paid and archived.'], rejected: ['本次申请未获补贴，原因见下方。', 'Not granted; the reason is below.'], withdrawn: ['您已撤回本次申请。', 'You have withdrawn this claim.'],
};
export const EVIDENCE: Table = {
  business_licence: ['营业执照', 'Business licence'], talent_certificate: ['人才证明', 'Talent certificate'], contract_and_note: ['借款合同与借据', 'Contract and note'], interest_statement: ['结息单或付息回单', 'Interest statement'],
  use_of_funds: ['资金用途凭证', 'Proof of use'], other: ['其他', 'Other'],
};
export const PROMISE: Table = {
  truthfulness: ['所提交的材料真实', 'What is handed in is true'], no_other_subsidy: ['同一利息未享受其他财政补贴', 'No other public money subsidises the same interest'],
  use_as_agreed: ['贷款按约定用途使用，未用于理财或转借', 'The money was used as agreed, not for financial products or relending'], stay_in_district: ['按方案要求留在本区', 'The enterprise stays in the district as the scheme asks'],
};
export const GREEN: Table = {
  industry: ['不属于禁止或淘汰类产业', 'Not of an industry that is prohibited or phased out'], assessment: ['依法履行环评及验收手续', 'Environmental assessment and acceptance done as required'],
  discharge_permit: ['依法持有排污许可或完成登记', 'Discharge permit or registration held as required'], record: ['近三年无重大环境事故和处罚', 'No serious environmental accident or penalty in three years'],
  rectification: ['无未完成的整改要求', 'No open rectification order'], energy: ['能耗符合要求', 'Energy use within its limits'],
};
export const GREEN_ANSWER: Table = { yes: ['是', 'Yes'], no: ['否', 'No'], not_applicable: ['不适用', 'Not applicable'] };
export const BOUND: Table = { interest: ['实付利息', 'Interest paid'], ceiling: ['LPR 上限', 'Ceiling by the loan prime rate'], loan_cap: ['单笔上限', 'Cap of the loan'], enterprise_year_cap: ['企业年度上限', 'Yearly cap of the enterprise'], budget: ['预算', 'Budget'] };
export const QUOTE_FLAG: Table = { receipt_difference: ['与银行凭证不符', 'Differs from the receipts'] };
export const PAYMENT_STATE: Table = { pending: ['待回执', 'Pending'], paid: ['已支付', 'Paid'], failed: ['失败', 'Failed'] };
export const CLAW_BACK_STATE: Table = { proposed: ['待审批', 'Waiting for approval'], demanded: ['追回中', 'Demanded'], settled: ['已结清', 'Settled'], dropped: ['已放弃', 'Dropped'] };
export const CLAW_BACK_CAUSE: Table = { false_material: ['材料不实', 'False material'], moved_out: ['迁出本区', 'Moved out'], double_funding: ['重复享受', 'Funded twice'], paid_by_mistake: ['误付', 'Paid by mistake'] };
export const CLAW_BACK_EXTENT: Table = { full: ['全额', 'In full'], pro_rata: ['按剩余期限', 'For the days that were left'] };
export const MONEY_ACCOUNT: Table = { subsidy: ['贴息资金', 'Subsidies'], pool: ['风险池', 'Risk pool'] };
export const DIFFERENCE: Table = { not_in_books: ['银行有、账上无', 'At the bank, not in the books'], not_at_bank: ['账上有、银行无', 'In the books, not at the bank'], amount: ['金额不符', 'Amount differs'], day: ['日期不符', 'Day differs'], counterparty: ['对方账号不符', 'Account differs'] };
export const BREACH: Table = { subsidy_review: ['贴息审核超期', 'Subsidy review late'], compensation_payment: ['补偿支付超期', 'Compensation late'] };

/** What the program itself writes into the pool's books; what people wrote is shown as it is. */
export const POOL_REASON: Table = {
  'in order of admission': ['按受理先后占用', 'In order of admission'], 'compensation of a lost loan': ['贷款损失补偿', 'Compensation of a lost loan'],
  "government's share of a recovery": ['追偿款中政府应得部分', 'Government’s share of a recovery'],
};

export const VISIT_STATE: Table = { planned: ['已安排', 'Planned'], concluded: ['待企业确认', 'To be confirmed'], confirmed: ['企业已确认', 'Confirmed'], disputed: ['企业有异议', 'Disputed'], cancelled: ['已取消', 'Cancelled'] };
export const VISIT_CONCLUSION: Table = { consistent: ['与申报一致', 'As stated'], inconsistent: ['与申报不符', 'Not as stated'] };
export const FINDING: Table = { met: ['属实', 'Met'], unmet: ['不属实', 'Not met'], not_applicable: ['不适用', 'Not applicable'] };
export const FEEDBACK_STATE: Table = { draft: ['草稿', 'Draft'], pending: ['待审批', 'Waiting for approval'], sent: ['已发送', 'Sent'] };

/** When the mail of a notice goes out. */
export const MAILING: Table = { now: ['立即发邮件', 'Mail at once'], digest: ['每日汇总', 'Daily digest'], never: ['不发邮件', 'No mail'] };

export const WATCH_TRIGGER: Table = {
  missed_update: ['逾期未报年度更新', 'Missed yearly report'], revenue_drop: ['营收下滑', 'Fall in revenue'], lost_title: ['资质失效', 'Lost title'], credit_event: ['失信或违法事件', 'Credit event'],
  major_change: ['重大变更', 'Major change'], recheck: ['复核结论', 'Outcome of a re-check'], other: ['其他', 'Other'],
};
export const RECHECK_CAUSE: Table = {
  expiry: ['到期复核', 'Expiry'], revenue_drop: ['营收下滑', 'Fall in revenue'], lost_title: ['资质失效', 'Lost title'], credit_event: ['失信或违法事件', 'Credit event'], major_change: ['重大变更', 'Major change'],
  draw: ['双随机抽查', 'Double-random draw'], other: ['其他', 'Other'],
};
export const RECHECK_STATE: Table = { open: ['复核中', 'Open'], concluded: ['已有结论', 'Concluded'] };
export const RECHECK_OUTCOME: Table = { keep: ['保留', 'Keep'], promote: ['晋级', 'Promote'], demote: ['降级', 'Demote'], watch: ['预警', 'Watch'], exit: ['退库', 'Exit'], revoke: ['撤销', 'Revoke'] };
export const UPDATE_STATE: Table = { draft: ['填报中', 'Being filled in'], submitted: ['待核验', 'To be verified'], questioned: ['待答复', 'Questions to answer'], verified: ['已核验', 'Verified'] };
export const ENTRY_VERDICT: Table = { verified: ['已核验', 'Verified'], questioned: ['有疑问', 'Questioned'] };
export const CHANGE_KIND: Table = { rename: ['更名', 'Rename'], merger: ['合并', 'Merger'], relocation: ['迁址', 'Relocation'], change_of_control: ['控制权变更', 'Change of control'], other: ['其他', 'Other'] };
export const CHANGE_STATE: Table = { reported: ['待处理', 'To be settled'], kept: ['资格不变', 'Titles kept'], rechecked: ['转入复核', 'Re-check opened'] };
export const CHANGE_OUTCOME: Table = { keep: ['资格不变', 'Keep the titles'], recheck: ['转入复核', 'Open a re-check'] };
export const LINK_KIND: Table = { supplies: ['供应给', 'Supplies'], buys_from: ['采购自', 'Buys from'], co_develops: ['联合研发', 'Co-develops with'] };
export const LEAD_STAGE: Table = { lead: ['线索', 'Lead'], negotiating: ['洽谈中', 'Negotiating'], signed: ['已签约', 'Signed'], landed: ['已落地', 'Landed'], lost: ['已流失', 'Lost'] };
export const DIRECTION_STATE: Table = { watching: ['跟踪中', 'Watched'], raised: ['已升为赛道', 'Raised to a track'], dropped: ['已放弃', 'Dropped'] };
export const DIRECTION_VERDICT: Table = { keep: ['继续跟踪', 'Keep watching'], raise: ['升为赛道', 'Raise to a track'], drop: ['放弃', 'Drop'] };

const STATES: Record<string, Table> = {
  annual_update: UPDATE_STATE, bank_statement: { open: ['待说明', 'Open'], explained: ['已说明', 'Explained'] }, application: APPLICATION_STATE, bank: BANK_STATE, claim: CLAIM_STATE, compensation_claim: COMPENSATION_STATE, decision: DECISION_STATE, direction: DIRECTION_STATE, expert: EXPERT_STATE, feedback: FEEDBACK_STATE,
  loan: LOAN_STATE, mail: MAIL_STATE, major_change: CHANGE_STATE, membership: MEMBERSHIP_STATE, objection: OBJECTION_STATE, recheck: RECHECK_STATE, recruitment_lead: LEAD_STAGE, review: REVIEW_STATE, round: ROUND_STATE, rule_set: RULE_SET_STATE,
  site_visit: VISIT_STATE, subsidy_claim: SUBSIDY_STATE, subsidy_claw_back: CLAW_BACK_STATE, subsidy_payment: PAYMENT_STATE, support_item: ITEM_STATE, support_plan: PLAN_STATE, user: USER_STATE,
};

/** The names of the states of a kind of record. */
export function anyState(kind: string): Table {
  return STATES[kind] ?? {};
}
