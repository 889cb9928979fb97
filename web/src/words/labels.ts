// The names people read for the codes the server answers. A code that is not here yet is shown as it is rather than hidden.
import { told, type Lang, type Say } from './say';

type Table = Record<string, Say>;

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
  re_review: ['复核中', 'Under re-review'],
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
  'support_item.explain': ['以解释结案', 'Close by explanation'],
  'compensation.admit': ['受理补偿', 'Admit the compensation'],
  'compensation.refuse': ['不予补偿', 'Refuse the compensation'],
  'compensation.pay': ['支付补偿', 'Pay the compensation'],
  'pool.allocate': ['风险池注资', 'Allocate to the pool'],
  'pool.refund': ['风险池退回', 'Refund from the pool'],
  'pool.adjust': ['风险池调整', 'Adjust the pool'],
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
};

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
  assigned: ['待声明', 'To be declared'], open: ['评审中', 'Scoring'], submitted: ['已提交', 'Submitted'], abstained: ['已回避', 'Abstained'], recused: ['已令回避', 'Recused'], replaced: ['已替换', 'Replaced'],
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
export const COMPENSATION_STATE: Table = { filed: ['已申报', 'Filed'], returned: ['退回补正', 'Returned'], admitted: ['已受理', 'Admitted'], refused: ['不予补偿', 'Refused'], queued: ['排队待付', 'Queued'], paid: ['已支付', 'Paid'], closed: ['已办结', 'Closed'] };
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
  'application.propose': ['列入拟认定', 'Proposed'],
  'application.not_select': ['未入选', 'Not selected'],
  'application.publicise': ['进入公示', 'Public notice began'],
  'application.object': ['收到异议', 'Objection received'],
  'application.deny': ['异议成立', 'Objection upheld'],
  'application.clear': ['异议不成立', 'Objection dismissed'],
  'application.recognise': ['认定', 'Recognised'],
  'application.void': ['作废', 'Declared void'],
};

const STATES: Record<string, Table> = { application: APPLICATION_STATE, membership: MEMBERSHIP_STATE, round: ROUND_STATE, objection: OBJECTION_STATE, support_item: ITEM_STATE, support_plan: PLAN_STATE, loan: LOAN_STATE, compensation_claim: COMPENSATION_STATE, review: REVIEW_STATE };

/** The names of the states of a kind of record. */
export function anyState(kind: string): Table {
  return STATES[kind] ?? {};
}

export function label(table: Table, code: string | null | undefined, lang: Lang): string {
  if (code === null || code === undefined) return '—';
  const words = table[code];
  return words ? told(words, lang) : code;
}

/** For choices: every code with its name. */
export function options(table: Table, lang: Lang): Array<{ value: string; label: string }> {
  return Object.keys(table).map((value) => ({ value, label: label(table, value, lang) }));
}
