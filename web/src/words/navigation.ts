// What stands in the menu, and where a day begins. Shown is what the caller's roles may do at all; `/me` says it.
import { queries } from '../api/client';
import { meQuery, type Me } from '../api/me';
import type { Say } from './say';

export interface Place {
  to: string;
  name: Say;
  /** One of these actions must be permitted. */
  needs: string[];
  /** Only for, or not for, these roles. */
  only?: string[];
  group: Say;
}

const WORK: Say = ['工作', 'Work'];
const LIBRARY: Say = ['培育库', 'Library'];
const RECORDS: Say = ['台账', 'Records'];
const SETTINGS: Say = ['设置', 'Settings'];

/** As they stand in the menu, below one another. */
export const GROUPS: Say[] = [WORK, LIBRARY, RECORDS, SETTINGS];

export const PLACES: Place[] = [
  { to: '/home', name: ['我的企业', 'My enterprise'], needs: ['application.create'], group: WORK },
  { to: '/queue', name: ['申报工作台', 'Work queue'], needs: ['application.list'], only: ['officer', 'approver'], group: WORK },
  { to: '/decisions', name: ['审批', 'Approvals'], needs: ['decision.list'], group: WORK },
  { to: '/objections', name: ['异议', 'Objections'], needs: ['objection.list'], group: WORK },
  { to: '/support', name: ['诉求与服务事项', 'Support items'], needs: ['support_item.list'], group: WORK },
  { to: '/support-plans', name: ['一企一策', 'Support plans'], needs: ['support_plan.list'], group: WORK },
  { to: '/reviews', name: ['专家评审', 'Reviews'], needs: ['review.list'], group: WORK },
  { to: '/visits', name: ['实地核查', 'Site visits'], needs: ['site_visit.list'], group: WORK },
  { to: '/loans', name: ['人才贷', 'Talent loans'], needs: ['loan.list'], group: WORK },
  { to: '/subsidies', name: ['贷款贴息', 'Subsidies'], needs: ['subsidy_claim.list'], group: WORK },
  { to: '/payments', name: ['贴息支付', 'Payments'], needs: ['payment_batch.view'], group: WORK },
  { to: '/compensation', name: ['风险补偿', 'Compensation'], needs: ['compensation.list'], group: WORK },
  { to: '/pool', name: ['风险池', 'Risk pool'], needs: ['pool.view'], group: WORK },
  { to: '/rounds', name: ['批次', 'Rounds'], needs: ['round.list'], only: ['officer', 'approver'], group: WORK },
  { to: '/library', name: ['在库企业', 'Members'], needs: ['membership.list'], only: ['officer', 'approver', 'fund_manager'], group: LIBRARY },
  { to: '/rechecks', name: ['复核', 'Re-checks'], needs: ['recheck.list'], only: ['officer', 'approver'], group: LIBRARY },
  { to: '/annual-updates', name: ['年度更新', 'Yearly reports'], needs: ['annual_update.list'], group: LIBRARY },
  { to: '/major-changes', name: ['重大变更', 'Major changes'], needs: ['major_change.list'], group: LIBRARY },
  { to: '/promotions', name: ['晋级储备', 'Promotion'], needs: ['promotion.list'], group: LIBRARY },
  { to: '/tracks', name: ['赛道与产业链', 'Tracks and chains'], needs: ['track.standings'], group: LIBRARY },
  { to: '/links', name: ['上下游关系', 'Links'], needs: ['enterprise_link.list'], group: LIBRARY },
  { to: '/leads', name: ['招引线索', 'Leads'], needs: ['recruitment_lead.list'], group: LIBRARY },
  { to: '/directions', name: ['跟踪预研方向', 'New directions'], needs: ['direction.list'], group: LIBRARY },
  { to: '/pipeline', name: ['培育全景', 'Pipeline'], needs: ['report.view'], group: RECORDS },
  { to: '/loan-figures', name: ['贷款全景', 'Loan figures'], needs: ['loan_report.view'], group: RECORDS },
  { to: '/reconciliation', name: ['对账与结账', 'Reconciliation'], needs: ['reconciliation.view'], group: RECORDS },
  { to: '/talents', name: ['人才', 'Talents'], needs: ['talent.list'], group: RECORDS },
  { to: '/experts', name: ['专家库', 'Experts'], needs: ['expert.list'], group: RECORDS },
  { to: '/enterprises', name: ['企业', 'Enterprises'], needs: ['enterprise.list'], only: ['officer', 'approver', 'fund_manager'], group: RECORDS },
  { to: '/claims', name: ['企业认领', 'Claims'], needs: ['claim.list'], group: RECORDS },
  { to: '/notices', name: ['公示', 'Public notices'], needs: ['me.view'], group: RECORDS },
  { to: '/audit', name: ['审计', 'Audit'], needs: ['audit.list'], group: SETTINGS },
  // After the audit, which is where an auditor's day begins; in the menu it stands with its group.
  { to: '/recheck-draws', name: ['双随机抽查', 'Random draws'], needs: ['recheck_draw.list'], group: LIBRARY },
  { to: '/users', name: ['用户与角色', 'Users and roles'], needs: ['user.list'], group: SETTINGS },
  { to: '/operations', name: ['运行', 'Operations'], needs: ['job.list'], group: SETTINGS },
  { to: '/mails', name: ['邮件', 'Mail'], needs: ['mail.list'], group: SETTINGS },
  { to: '/letters', name: ['邮件模板', 'Letters'], needs: ['mail_template.list'], group: SETTINGS },
  { to: '/rule-sets', name: ['规则', 'Rules'], needs: ['rule_set.list'], only: ['officer', 'approver', 'system_admin'], group: SETTINGS },
  { to: '/messages', name: ['消息', 'Messages'], needs: ['me.view'], group: SETTINGS },
  { to: '/account', name: ['我的账号', 'My account'], needs: ['me.view'], group: SETTINGS },
];

export function placesOf(me: Me): Place[] {
  return PLACES.filter((place) => place.needs.some((action) => me.permitted_actions.includes(action))
    && (!place.only || place.only.some((role) => (me.roles as string[]).includes(role))));
}

const KEY = 'laoshan.landing';

export function landingOf(me: Me): string {
  // What everybody has is nobody's work.
  const to = placesOf(me).find((place) => !place.needs.includes('me.view'))?.to ?? '/account';
  try {
    localStorage.setItem(KEY, to);
  } catch {
    // It is worked out again next time.
  }
  return to;
}

/** Where the caller's day begins. Remembered, so that opening the console does not have to ask first who is there. */
export async function landing(): Promise<string> {
  try {
    const known = localStorage.getItem(KEY);
    if (known && PLACES.some((place) => place.to === known)) return known;
  } catch {
    // Then it is asked for.
  }
  return landingOf(await queries.ensureQueryData(meQuery));
}

export function forgetLanding(): void {
  try {
    localStorage.removeItem(KEY);
  } catch {
    // Nothing was kept.
  }
}
