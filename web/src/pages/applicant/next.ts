// What an applicant should do next, and until when: worked out from the states of what they have.
import type { Schemas } from '../../api/client';
import type { Say } from '../../words/say';

type Application = Schemas['ApplicationSummary'];
type Round = Schemas['RoundSummary'];
type Item = Schemas['ItemSummary'];
type Plan = Schemas['PlanSummary'];
type Claim = Schemas['SubsidyClaimSummary'];
type Update = Schemas['AnnualUpdateSummary'];
type Window = Schemas['WindowView'];
type Member = Schemas['MembershipSummary'];

export interface NextStep {
  key: string;
  what: Say;
  about: string;
  to: { path: '/applications/$id' | '/applications/$id/form' | '/support/$id' | '/support-plans/$id' | '/subsidies/$id/form' | '/annual-updates/$id'; id: string };
  /** A day, or a moment. */
  due?: string | undefined;
  urgent: boolean;
}

export function nextSteps(applications: Application[], rounds: Round[], today: string, items: Item[] = [], plans: Plan[] = [], claims: Claim[] = [], updates: Update[] = [], windows: Window[] = []): NextStep[] {
  const steps: NextStep[] = [];
  for (const application of applications) {
    const round = rounds.find((one) => one.id === application.round_id);
    const about = `${application.enterprise.name}${round ? ` · ${round.name}` : ''}`;
    if (application.state === 'returned') {
      steps.push({
        key: application.id, about, due: application.return_due_on ?? undefined, urgent: true,
        what: ['按经办人意见补正并重新提交', 'Correct what the officer asked for and submit again'],
        to: { path: '/applications/$id/form', id: application.id },
      });
    } else if (application.state === 'draft' && (!round || round.state === 'open')) {
      steps.push({
        key: application.id, about, due: round?.closes_at, urgent: round !== undefined && round.closes_at.slice(0, 10) <= addDays(today, 3),
        what: ['填完并提交申报', 'Complete the form and submit it'],
        to: { path: '/applications/$id/form', id: application.id },
      });
    }
  }
  for (const item of items.filter((one) => one.state === 'pending_confirm')) {
    steps.push({
      key: item.id, about: `${item.enterprise_name} · ${item.title}`, due: item.deadline_on ?? undefined, urgent: false,
      what: ['确认事项是否办好，并作评价', 'Confirm whether the item is done, and rate it'], to: { path: '/support/$id', id: item.id },
    });
  }
  for (const plan of plans.filter((one) => one.state === 'consulting')) {
    steps.push({
      key: plan.id, about: `${plan.enterprise_name} · ${plan.year}`, urgent: false,
      what: ['查看一企一策方案，签署或提出意见', 'Read your support plan; sign it or send it back'], to: { path: '/support-plans/$id', id: plan.id },
    });
  }
  for (const claim of claims.filter((one) => one.state === 'returned' || one.state === 'draft')) {
    const back = claim.state === 'returned';
    steps.push({
      key: claim.id, about: [claim.enterprise_name, claim.claim_year, ...claim.contracts].join(' · '), due: back ? undefined : claim.window_to, urgent: back || claim.window_to <= addDays(today, 3),
      what: back ? ['按意见补正贴息申请', 'Correct your subsidy claim'] : ['填完并提交贴息申请', 'Complete your subsidy claim and submit it'], to: { path: '/subsidies/$id/form', id: claim.id },
    });
  }
  for (const update of updates.filter((one) => one.state === 'draft' || one.state === 'questioned')) {
    const asked = update.state === 'questioned';
    const due = windows.find((one) => one.year === update.year)?.due_on;
    steps.push({
      key: update.id, about: `${update.enterprise_name} · ${update.year}`, due, urgent: asked || (due !== undefined && due <= addDays(today, 3)),
      what: asked ? ['答复经办人对年度更新的疑问', 'Answer what the officer asks about your yearly report'] : ['填完并提交年度更新', 'Complete your yearly report and hand it in'], to: { path: '/annual-updates/$id', id: update.id },
    });
  }
  return steps.sort((a, b) => Number(b.urgent) - Number(a.urgent) || (a.due ?? '9').localeCompare(b.due ?? '9'));
}

function addDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/** Where one may still apply: open rounds with the tiers for whose lane there is no live application yet. */
export function openings(rounds: Round[], applications: Application[], enterprise: string): Array<{ round: Round; tiers: Schemas['Tier'][] }> {
  const over = ['withdrawn', 'rejected_formal', 'not_selected', 'denied', 'void'];
  return rounds.filter((round) => round.state === 'open').flatMap((round) => {
    const lanes = applications
      .filter((one) => one.round_id === round.id && one.enterprise.id === enterprise && !over.includes(one.state))
      .map((one) => one.lane);
    const tiers = round.tiers.filter((tier) => !lanes.includes(tier === 'ecosystem' ? 'ecosystem' : 'ladder'));
    return tiers.length > 0 ? [{ round, tiers }] : [];
  });
}

/** The yearly reports that are still to be begun: for every member of a tier, in every window that has opened. */
export function yearlyOpenings(windows: Window[], updates: Update[], memberships: Member[], today: string): Array<{ window: Window; enterprise: Member }> {
  const holds = memberships.filter((one) => one.tier && ['active', 'watch', 'suspended', 're_review'].includes(one.state));
  const firms = holds.filter((one, i) => holds.findIndex((other) => other.enterprise_id === one.enterprise_id) === i);
  return windows.filter((window) => window.opens_on <= today).flatMap((window) => firms
    .filter((firm) => !updates.some((one) => one.year === window.year && one.enterprise_id === firm.enterprise_id))
    .map((enterprise) => ({ window, enterprise })));
}
