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

const STATES: Record<string, Table> = { application: APPLICATION_STATE, membership: MEMBERSHIP_STATE, round: ROUND_STATE, objection: OBJECTION_STATE };

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
