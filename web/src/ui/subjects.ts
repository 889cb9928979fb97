// Where the record lies that something else is about.
const PAGES = {
  application: '/applications/$id',
  enterprise: '/enterprises/$id',
  round: '/rounds/$id',
  membership: '/library/$id',
  decision: '/decisions/$id',
  rule_set: '/rule-sets/$id',
  claim: '/claims/$id',
  user: '/users/$id',
  objection: '/objections/$id',
  loan: '/loans/$id',
  talent: '/talents/$id',
  site_visit: '/visits/$id',
  subsidy_claim: '/subsidies/$id',
  compensation_claim: '/compensation/$id',
  support_item: '/support/$id',
  support_plan: '/support-plans/$id',
  recheck: '/rechecks/$id',
  annual_update: '/annual-updates/$id',
  major_change: '/major-changes/$id',
  recruitment_lead: '/leads/$id',
  enterprise_link: '/links/$id',
  direction: '/directions/$id',
} as const;

export function subjectLink(subject: { kind: string; id: string }) {
  const to = PAGES[subject.kind as keyof typeof PAGES];
  return to ? { to, params: { id: subject.id } } : undefined;
}
