// Every page has an address, loads its code only when it is opened, and asks for its data at the same moment.
import { createRootRoute, createRoute, createRouter, lazyRouteComponent, Outlet, redirect, type ErrorComponentProps } from '@tanstack/react-router';
import { queryOptions, type QueryKey } from '@tanstack/react-query';
import { queries, read, write, type Schemas } from './api/client';
import { meQuery } from './api/me';
import { session } from './api/session';
import { Shell } from './pages/Shell';
import { Missing, PageProblem } from './pages/PageProblem';
import { PageSkeleton } from './ui/basics';
import { UNREAD } from './pages/messages/unread';
import { landing } from './words/navigation';
import { monthBefore, today } from './words/dates';
import { lang, type Lang } from './words/say';

export type Search = Record<string, string | undefined>;

/** What stands behind the `?`: plain text, nothing is guessed about it. */
function search(given: Record<string, unknown>): Search {
  const kept: Search = {};
  for (const [key, value] of Object.entries(given)) {
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') kept[key] = String(value);
  }
  return kept;
}

interface Loadable {
  queryKey: QueryKey;
}

/** All that a page needs, asked for at once. What is on hand is shown while it is asked for again. */
async function load(...wanted: Loadable[]): Promise<void> {
  await Promise.all(wanted.map((query) => queries.ensureQueryData({ ...query, revalidateIfStale: true } as Parameters<typeof queries.ensureQueryData>[0])));
}

/** What a page shows if it is there: asked for at the same moment, waited for by nobody, and no fault when it is refused. */
function perhaps(...wanted: Loadable[]): true {
  for (const query of wanted) void queries.prefetchQuery({ ...query, retry: false } as Parameters<typeof queries.prefetchQuery>[0]);
  return true;
}

const root = createRootRoute({ component: Outlet, notFoundComponent: Missing });

// Pages for everybody.
const open = createRoute({
  getParentRoute: () => root,
  id: 'open',
  // Who has signed in sees their menu here too.
  loader: async () => {
    if ((await session.known()) === 'in') await (perhaps(UNREAD) && load(meQuery));
  },
  component: lazyRouteComponent(() => import('./pages/public/Frame'), 'Frame'),
});
// Pages for those who have signed in.
const inside = createRoute({
  getParentRoute: () => root,
  id: 'inside',
  beforeLoad: async ({ location }) => {
    if ((await session.known()) === 'out') throw redirect({ to: '/sign-in', search: { next: location.href } });
    if (session.mustChangePassword && location.pathname !== '/account') throw redirect({ to: '/account' });
  },
  loader: () => perhaps(UNREAD) && load(meQuery),
  component: Shell,
});

const tracks = read('/api/v1/public/tracks');
const indicators = read('/api/v1/public/indicators');
export const TRACKS = { ...tracks, staleTime: Infinity };
export const INDICATORS = { ...indicators, staleTime: Infinity };
export const ROUNDS = read('/api/v1/rounds', { params: { query: { limit: 100 } } });

/** Whose files: all are kept and listed in the same way. */
export type FileOwner = 'applications' | 'support-items' | 'subsidy-claims' | 'compensation-claims' | 'site-visits';

/** The files of an application, or of another record. */
export function filesQuery(id: string, of: FileOwner = 'applications') {
  return read(`/api/v1/${of}/{id}/attachments` as '/api/v1/applications/{id}/attachments', { params: { path: { id }, query: { limit: 200 } } });
}

/** Every revision of a support plan with what it changes. */
export function revisionsQuery(id: string) {
  return read('/api/v1/support-plans/{id}/revisions', { params: { path: { id } } });
}

/** What an applicant who was not selected is told; absent until it is drafted. */
export function feedbackQuery(id: string) {
  return read('/api/v1/applications/{id}/feedback', { params: { path: { id } } });
}

/** Which query answers a page with filters; pages ask with the same function. */
export const lists = {
  applications: (s: Search) => read('/api/v1/applications', { params: { query: { limit: 50, count: true, ...pick(s, ['cursor', 'q', 'year', 'state', 'round_id', 'tier', 'enterprise_id', 'mine', 'overdue']) } } }),
  decisions: (s: Search) => read('/api/v1/decisions', { params: { query: { limit: 50, count: true, state: 'pending', ...pick(s, ['cursor', 'state', 'action']) } } }),
  rounds: (s: Search) => read('/api/v1/rounds', { params: { query: { limit: 50, ...pick(s, ['cursor', 'state', 'year']) } } }),
  enterprises: (s: Search) => read('/api/v1/enterprises', { params: { query: { limit: 50, count: true, ...pick(s, ['cursor', 'q', 'track', 'tier', 'status', 'credit_code', 'unverified', 'sort']) } } }),
  memberships: (s: Search) => read('/api/v1/memberships', { params: { query: { limit: 50, count: true, ...pick(s, ['cursor', 'state', 'tier', 'lane', 'enterprise_id', 'as_of', 'ends_by']) } } }),
  rechecks: (s: Search) => read('/api/v1/rechecks', { params: { query: { limit: 50, count: true, ...pick(s, ['cursor', 'state', 'membership_id']) } } }),
  recheckDraws: (s: Search) => read('/api/v1/recheck-draws', { params: { query: { limit: 20, ...pick(s, ['cursor']) } } }),
  promotions: (s: Search) => read('/api/v1/promotions', { params: { query: { limit: 50, count: true, ...pick(s, ['cursor', 'next_tier']) } } }),
  prospects: (id: string, s: Search) => read('/api/v1/rounds/{id}/prospects', { params: { path: { id }, query: { limit: 100, ...pick(s, ['cursor']) } } }),
  invitations: (s: Search) => read('/api/v1/round-invitations', { params: { query: { limit: 100, ...pick(s, ['cursor', 'round_id', 'enterprise_id']) } } }),
  windows: (s: Search) => read('/api/v1/update-windows', { params: { query: { limit: 20, ...pick(s, ['cursor']) } } }),
  updates: (s: Search) => read('/api/v1/annual-updates', { params: { query: { limit: 50, count: true, ...pick(s, ['cursor', 'year', 'state', 'enterprise_id']) } } }),
  changes: (s: Search) => read('/api/v1/major-changes', { params: { query: { limit: 50, count: true, ...pick(s, ['cursor', 'state', 'enterprise_id']) } } }),
  leads: (s: Search) => read('/api/v1/recruitment-leads', { params: { query: { limit: 50, ...pick(s, ['cursor', 'stage', 'track']) } } }),
  links: (s: Search) => read('/api/v1/enterprise-links', { params: { query: { limit: 50, ...pick(s, ['cursor', 'track', 'enterprise_id', 'missing']) } } }),
  directions: (s: Search) => read('/api/v1/directions', { params: { query: { limit: 50, ...pick(s, ['cursor', 'state', 'due']) } } }),
  objections: (s: Search) => read('/api/v1/objections', { params: { query: { limit: 50, count: true, ...pick(s, ['cursor', 'state', 'notice_id']) } } }),
  claims: (s: Search) => read('/api/v1/claims', { params: { query: { limit: 50, count: true, ...pick(s, ['cursor', 'state', 'enterprise_id']) } } }),
  notices: (s: Search) => read('/api/v1/public/notices', { params: { query: { limit: 50, ...pick(s, ['cursor', 'kind']) } } }),
  users: (s: Search) => read('/api/v1/users', { params: { query: { limit: 50, count: true, ...pick(s, ['cursor', 'state', 'role', 'email']) } } }),
  audit: (s: Search) => read('/api/v1/audit-events', { params: { query: { limit: 50, ...pick(s, ['cursor', 'subject_kind', 'subject_id', 'actor', 'action']) } } }),
  mails: (s: Search) => read('/api/v1/mails', { params: { query: { limit: 50, count: true, ...pick(s, ['cursor', 'state']) } } }),
  messages: (s: Search) => read('/api/v1/messages', { params: { query: { limit: 25, count: true, ...pick(s, ['cursor', 'unread']) } } }),
  items: (s: Search) => read('/api/v1/support-items', { params: { query: { limit: 50, count: true, ...pick(s, ['cursor', 'list', 'open', 'state', 'escalation', 'department_id', 'enterprise_id', 'plan_id', 'sort']) } } }),
  plans: (s: Search) => read('/api/v1/support-plans', { params: { query: { limit: 50, count: true, ...pick(s, ['cursor', 'state', 'tier', 'year', 'enterprise_id']) } } }),
  reviews: (s: Search) => read('/api/v1/reviews', { params: { query: { limit: 200, count: true, ...pick(s, ['cursor', 'state', 'round_id', 'application_id']) } } }),
  experts: (s: Search) => read('/api/v1/experts', { params: { query: { limit: 50, count: true, ...pick(s, ['cursor', 'kind', 'state']) } } }),
  loans: (s: Search) => read('/api/v1/loans', { params: { query: { limit: 50, count: true, ...pick(s, ['cursor', 'state', 'class', 'bank_id', 'enterprise_id', 'talent_id', 'contract_no']) } } }),
  talents: (s: Search) => read('/api/v1/talents', { params: { query: { limit: 50, count: true, ...pick(s, ['cursor', 'grade', 'name', 'enterprise_id']) } } }),
  pool: (s: Search) => read('/api/v1/pool/transactions', { params: { query: { limit: 50, count: true, ...pick(s, ['cursor', 'kind', 'claim_id']) } } }),
  compensations: (s: Search) => read('/api/v1/compensation-claims', { params: { query: { limit: 50, count: true, ...pick(s, ['cursor', 'state', 'bank_id', 'enterprise_id']) } } }),
  visits: (s: Search) => read('/api/v1/site-visits', { params: { query: { limit: 50, count: true, ...pick(s, ['cursor', 'state', 'round_id', 'application_id']) } } }),
  subsidies: (s: Search) => read('/api/v1/subsidy-claims', { params: { query: { limit: 50, count: true, ...pick(s, ['cursor', 'state', 'enterprise_id', 'budget_year']) } } }),
  payments: (s: Search) => read('/api/v1/payment-batches', { params: { query: { limit: 50, count: true, ...pick(s, ['cursor']) } } }),
  ruleSets: (s: Search) => read('/api/v1/rule-sets', { params: { query: { limit: 50, ...pick(s, ['cursor', 'state']) } } }),
};

/** The ranking of a tier; with another quota or other weights it is a trial. */
export function rankingQuery(id: string, s: Search) {
  return read('/api/v1/rounds/{id}/ranking', { params: { path: { id }, query: pick(s, ['tier', 'quota', 'weights']) } });
}

/** Who was drawn: the re-checks that a draw opened. */
export function drawnQuery(id: string) {
  return read('/api/v1/rechecks', { params: { query: { limit: 200, draw_id: id } } });
}

/** Where somebody else is signed in. */
export function sessionsQuery(id: string) {
  return read('/api/v1/users/{id}/sessions', { params: { path: { id }, query: { limit: 200 } } });
}

/** What a membership has been through. */
export function pastQuery(id: string) {
  return read('/api/v1/memberships/{id}/timeline', { params: { path: { id }, query: { limit: 200 } } });
}

/** The gap of a member to the next tier; nothing for whoever may not read it. */
export function pathQuery(id: string) {
  return read('/api/v1/memberships/{id}/promotion-path', { params: { path: { id } } });
}

export function updateQuery(id: string) {
  return read('/api/v1/annual-updates/{id}', { params: { path: { id } } });
}

export function windowQuery(year: string) {
  return read('/api/v1/update-windows/{year}', { params: { path: { year: Number(year) } } });
}

export function missingQuery(year: string, s: Search) {
  return read('/api/v1/update-windows/{year}/missing', { params: { path: { year: Number(year) }, query: { limit: 50, ...pick(s, ['cursor']) } } });
}

/** A letter in the words in force, filled in with made-up values. */
export function letterQuery(name: string, language: Lang) {
  return queryOptions({
    queryKey: ['/api/v1/mail-templates/{name}/preview', name, language],
    queryFn: () => write<Schemas['MailTemplatePreview']>({ method: 'POST', href: `/api/v1/mail-templates/${name}/preview`, body: { lang: language } }),
  });
}

/** The chain of a track. */
export function supplyQuery(code: string) {
  return read('/api/v1/tracks/{code}/supply', { params: { path: { code } } });
}

export const reports = {
  funnel: (s: Search) => read('/api/v1/reports/funnel', { params: { query: pick(s, ['year', 'round_id']) } }),
  durations: (s: Search) => read('/api/v1/reports/stage-durations', { params: { query: pick(s, ['year', 'round_id']) } }),
  flow: () => read('/api/v1/reports/cohort-flow'),
  heat: () => read('/api/v1/reports/track-heat-map'),
  loans: (s: Search) => read('/api/v1/reports/talent-loans', { params: { query: pick(s, ['year']) } }),
  forecast: () => read('/api/v1/reports/pool-forecast'),
  exposure: () => read('/api/v1/reports/pool-exposure'),
  reconciliation: (s: Search) => {
    const { account, from, to } = reconciled(s);
    return read('/api/v1/reconciliations', { params: { query: { account, from, to } } });
  },
  closings: (s: Search) => read('/api/v1/period-closings', { params: { query: { account: reconciled(s).account, limit: 24 } } }),
};

/** The account and the days that are compared: the month before this one when nothing is chosen. */
export function reconciled(s: Search): { account: 'subsidy' | 'pool'; from: string; to: string } {
  const [from, to] = monthBefore(today());
  return { account: s.account === 'pool' ? 'pool' : 'subsidy', from: s.from ?? from, to: s.to ?? to };
}

// The values come from selects that the pages fill from the same code tables.
function pick(from: Search, names: string[]): Record<string, never> {
  return Object.fromEntries(names.filter((name) => from[name]).map((name) => [name, from[name]])) as Record<string, never>;
}

const byId = (id: string) => ({ params: { path: { id } } });

const open_ = { getParentRoute: () => open, validateSearch: search } as const;
const in_ = { getParentRoute: () => inside, validateSearch: search } as const;

const routes = [
  open.addChildren([
    createRoute({
      ...open_, path: '/',
      beforeLoad: async () => {
        if ((await session.known()) !== 'out') throw redirect({ to: await landing() });
      },
      loader: () => load(lists.notices({})),
      component: lazyRouteComponent(() => import('./pages/public/Welcome'), 'Welcome'),
    }),
    createRoute({ ...open_, path: '/self-check', loader: () => load(TRACKS, INDICATORS), component: lazyRouteComponent(() => import('./pages/public/SelfCheck'), 'SelfCheck') }),
    createRoute({ ...open_, path: '/sign-in', component: lazyRouteComponent(() => import('./pages/public/SignIn'), 'SignIn') }),
    createRoute({ ...open_, path: '/register', component: lazyRouteComponent(() => import('./pages/public/Register'), 'Register') }),
    createRoute({ ...open_, path: '/set-password', component: lazyRouteComponent(() => import('./pages/public/SetPassword'), 'SetPassword') }),
    createRoute({ ...open_, path: '/notices', loaderDeps: ({ search: s }) => s, loader: ({ deps }) => load(lists.notices(deps)), component: lazyRouteComponent(() => import('./pages/public/Notices'), 'Notices') }),
    createRoute({ ...open_, path: '/notices/$id', loader: ({ params }) => load(read('/api/v1/public/notices/{id}', byId(params.id))), component: lazyRouteComponent(() => import('./pages/public/Notice'), 'Notice') }),
    createRoute({ ...open_, path: '/certificates', component: lazyRouteComponent(() => import('./pages/public/CertificateCheck'), 'CertificateCheck') }),
  ]),
  inside.addChildren([
    createRoute({ ...in_, path: '/home', loader: () => load(meQuery, ROUNDS, lists.applications({}), lists.memberships({}), lists.items({}), lists.plans({}), lists.subsidies({}), lists.windows({}), lists.updates({}), lists.changes({})), component: lazyRouteComponent(() => import('./pages/applicant/Home'), 'Home') }),
    createRoute({ ...in_, path: '/applications/$id', loader: ({ params }) => perhaps(lists.visits({ application_id: params.id }), feedbackQuery(params.id)) && load(read('/api/v1/applications/{id}', byId(params.id)), read('/api/v1/applications/{id}/timeline', byId(params.id)), filesQuery(params.id), ROUNDS, INDICATORS, TRACKS), component: lazyRouteComponent(() => import('./pages/applications/ApplicationPage'), 'ApplicationPage') }),
    createRoute({ ...in_, path: '/applications/$id/form', loader: ({ params }) => load(read('/api/v1/applications/{id}', byId(params.id)), filesQuery(params.id), ROUNDS, INDICATORS, TRACKS), component: lazyRouteComponent(() => import('./pages/applicant/ApplicationForm'), 'ApplicationForm') }),
    createRoute({ ...in_, path: '/queue', loaderDeps: ({ search: s }) => s, loader: ({ deps }) => load(lists.applications(deps), ROUNDS), component: lazyRouteComponent(() => import('./pages/applications/Queue'), 'Queue') }),
    createRoute({ ...in_, path: '/support', loaderDeps: ({ search: s }) => s, loader: ({ deps }) => load(lists.items(deps)), component: lazyRouteComponent(() => import('./pages/support/Items'), 'Items') }),
    createRoute({ ...in_, path: '/support/$id', loader: ({ params }) => perhaps(filesQuery(params.id, 'support-items')) && load(read('/api/v1/support-items/{id}', byId(params.id))), component: lazyRouteComponent(() => import('./pages/support/ItemPage'), 'ItemPage') }),
    createRoute({ ...in_, path: '/support-plans', loaderDeps: ({ search: s }) => s, loader: ({ deps }) => load(lists.plans(deps)), component: lazyRouteComponent(() => import('./pages/support/Plans'), 'Plans') }),
    createRoute({ ...in_, path: '/support-plans/$id', loader: ({ params }) => perhaps(revisionsQuery(params.id)) && load(read('/api/v1/support-plans/{id}', byId(params.id)), read('/api/v1/departments', { params: { query: { limit: 200 } } }), INDICATORS, TRACKS), component: lazyRouteComponent(() => import('./pages/support/PlanPage'), 'PlanPage') }),
    createRoute({ ...in_, path: '/reviews', loaderDeps: ({ search: s }) => s, loader: ({ deps }) => load(lists.reviews(deps)), component: lazyRouteComponent(() => import('./pages/reviews/Reviews'), 'Reviews') }),
    createRoute({ ...in_, path: '/reviews/$id', loader: ({ params }) => load(read('/api/v1/reviews/{id}', byId(params.id)), lists.reviews({}), INDICATORS, TRACKS), component: lazyRouteComponent(() => import('./pages/reviews/ReviewPage'), 'ReviewPage') }),
    createRoute({ ...in_, path: '/rounds/$id/review', loader: ({ params }) => load(read('/api/v1/rounds/{id}', byId(params.id)), read('/api/v1/rounds/{id}/review-plan', byId(params.id)), read('/api/v1/draws', { params: { query: { round_id: params.id } } })), component: lazyRouteComponent(() => import('./pages/reviews/RoundReview'), 'RoundReview') }),
    createRoute({ ...in_, path: '/rounds/$id/deliberation', loaderDeps: ({ search: s }) => s, loader: ({ params, deps }) => load(read('/api/v1/rounds/{id}', byId(params.id)), read('/api/v1/rounds/{id}/minutes', byId(params.id)), ...(deps.tier ? [rankingQuery(params.id, deps)] : [])), component: lazyRouteComponent(() => import('./pages/reviews/Deliberation'), 'Deliberation') }),
    createRoute({ ...in_, path: '/visits', loaderDeps: ({ search: s }) => s, loader: ({ deps }) => load(lists.visits(deps)), component: lazyRouteComponent(() => import('./pages/visits/Visits'), 'Visits') }),
    createRoute({ ...in_, path: '/visits/$id', loader: ({ params }) => perhaps(filesQuery(params.id, 'site-visits')) && load(read('/api/v1/site-visits/{id}', byId(params.id))), component: lazyRouteComponent(() => import('./pages/visits/Visits'), 'VisitPage') }),
    createRoute({ ...in_, path: '/experts', loaderDeps: ({ search: s }) => s, loader: ({ deps }) => load(lists.experts(deps), read('/api/v1/conflicts')), component: lazyRouteComponent(() => import('./pages/reviews/Experts'), 'Experts') }),
    createRoute({ ...in_, path: '/loans', loaderDeps: ({ search: s }) => s, loader: ({ deps }) => load(lists.loans(deps)), component: lazyRouteComponent(() => import('./pages/loans/Loans'), 'Loans') }),
    createRoute({ ...in_, path: '/loans/import', component: lazyRouteComponent(() => import('./pages/loans/LoanImport'), 'LoanImport') }),
    createRoute({ ...in_, path: '/loans/$id', loader: ({ params }) => load(read('/api/v1/loans/{id}', byId(params.id)), read('/api/v1/loans/{id}/entries', { params: { path: { id: params.id }, query: { limit: 200 } } })), component: lazyRouteComponent(() => import('./pages/loans/LoanPage'), 'LoanPage') }),
    createRoute({ ...in_, path: '/talents', loaderDeps: ({ search: s }) => s, loader: ({ deps }) => load(lists.talents(deps)), component: lazyRouteComponent(() => import('./pages/loans/Talents'), 'Talents') }),
    createRoute({ ...in_, path: '/talents/$id', loader: ({ params }) => load(read('/api/v1/talents/{id}', byId(params.id))), component: lazyRouteComponent(() => import('./pages/loans/Talents'), 'TalentPage') }),
    createRoute({ ...in_, path: '/pool', loaderDeps: ({ search: s }) => s, loader: ({ deps }) => load(read('/api/v1/pool'), lists.pool(deps), reports.forecast(), reports.exposure(), TRACKS), component: lazyRouteComponent(() => import('./pages/loans/Pool'), 'Pool') }),
    createRoute({ ...in_, path: '/subsidies', loaderDeps: ({ search: s }) => s, loader: ({ deps }) => load(lists.subsidies(deps)), component: lazyRouteComponent(() => import('./pages/subsidies/Subsidies'), 'Subsidies') }),
    createRoute({ ...in_, path: '/subsidies/$id', loader: ({ params }) => perhaps(filesQuery(params.id, 'subsidy-claims')) && load(read('/api/v1/subsidy-claims/{id}', byId(params.id))), component: lazyRouteComponent(() => import('./pages/subsidies/SubsidyPage'), 'SubsidyPage') }),
    createRoute({ ...in_, path: '/subsidies/$id/form', loader: ({ params }) => perhaps(filesQuery(params.id, 'subsidy-claims')) && load(read('/api/v1/subsidy-claims/{id}', byId(params.id))), component: lazyRouteComponent(() => import('./pages/subsidies/SubsidyForm'), 'SubsidyForm') }),
    createRoute({ ...in_, path: '/payments', loaderDeps: ({ search: s }) => s, loader: ({ deps }) => load(lists.payments(deps), read('/api/v1/subsidy-budgets')), component: lazyRouteComponent(() => import('./pages/subsidies/Payments'), 'Payments') }),
    createRoute({ ...in_, path: '/payments/$id', loader: ({ params }) => load(read('/api/v1/payment-batches/{id}', byId(params.id))), component: lazyRouteComponent(() => import('./pages/subsidies/Payments'), 'PaymentBatch') }),
    createRoute({ ...in_, path: '/reconciliation', loaderDeps: ({ search: s }) => s, loader: ({ deps }) => load(reports.reconciliation(deps), reports.closings(deps)), component: lazyRouteComponent(() => import('./pages/subsidies/Reconciliation'), 'Reconciliation') }),
    createRoute({ ...in_, path: '/reconciliation/import', component: lazyRouteComponent(() => import('./pages/subsidies/Reconciliation'), 'StatementImport') }),
    createRoute({ ...in_, path: '/loan-figures', loaderDeps: ({ search: s }) => s, loader: ({ deps }) => load(reports.loans(deps)), component: lazyRouteComponent(() => import('./pages/subsidies/LoanFigures'), 'LoanFigures') }),
    createRoute({ ...in_, path: '/compensation', loaderDeps: ({ search: s }) => s, loader: ({ deps }) => load(lists.compensations(deps)), component: lazyRouteComponent(() => import('./pages/loans/Compensation'), 'Compensations') }),
    createRoute({ ...in_, path: '/compensation/$id', loader: ({ params }) => perhaps(filesQuery(params.id, 'compensation-claims')) && load(read('/api/v1/compensation-claims/{id}', byId(params.id))), component: lazyRouteComponent(() => import('./pages/loans/Compensation'), 'CompensationPage') }),
    createRoute({ ...in_, path: '/pipeline', loaderDeps: ({ search: s }) => s, loader: ({ deps }) => load(reports.funnel(deps), reports.durations(deps), reports.flow(), reports.heat(), ROUNDS, TRACKS), component: lazyRouteComponent(() => import('./pages/reports/Pipeline'), 'Pipeline') }),
    createRoute({ ...in_, path: '/decisions', loaderDeps: ({ search: s }) => s, loader: ({ deps }) => load(lists.decisions(deps)), component: lazyRouteComponent(() => import('./pages/decisions/Decisions'), 'Decisions') }),
    createRoute({ ...in_, path: '/decisions/$id', loader: ({ params }) => load(read('/api/v1/decisions/{id}', byId(params.id)), INDICATORS, TRACKS), component: lazyRouteComponent(() => import('./pages/decisions/DecisionPage'), 'DecisionPage') }),
    createRoute({ ...in_, path: '/rounds', loaderDeps: ({ search: s }) => s, loader: ({ deps }) => load(lists.rounds(deps)), component: lazyRouteComponent(() => import('./pages/rounds/Rounds'), 'Rounds') }),
    createRoute({ ...in_, path: '/rounds/new', loader: () => load(lists.ruleSets({ state: 'published' })), component: lazyRouteComponent(() => import('./pages/rounds/RoundForm'), 'NewRound') }),
    createRoute({ ...in_, path: '/rounds/$id', loader: ({ params }) => load(read('/api/v1/rounds/{id}', byId(params.id))), component: lazyRouteComponent(() => import('./pages/rounds/RoundPage'), 'RoundPage') }),
    createRoute({ ...in_, path: '/rounds/$id/prospects', loaderDeps: ({ search: s }) => s, loader: ({ params, deps }) => load(read('/api/v1/rounds/{id}', byId(params.id)), lists.prospects(params.id, deps)), component: lazyRouteComponent(() => import('./pages/rounds/Prospects'), 'Prospects') }),
    createRoute({ ...in_, path: '/rounds/$id/edit', loader: ({ params }) => load(read('/api/v1/rounds/{id}', byId(params.id)), lists.ruleSets({ state: 'published' })), component: lazyRouteComponent(() => import('./pages/rounds/RoundForm'), 'EditRound') }),
    createRoute({ ...in_, path: '/objections', loaderDeps: ({ search: s }) => s, loader: ({ deps }) => load(lists.objections(deps), lists.notices({})), component: lazyRouteComponent(() => import('./pages/publicity/Objections'), 'Objections') }),
    createRoute({ ...in_, path: '/objections/$id', loader: ({ params }) => load(read('/api/v1/objections/{id}', byId(params.id))), component: lazyRouteComponent(() => import('./pages/publicity/ObjectionPage'), 'ObjectionPage') }),
    createRoute({ ...in_, path: '/library', loaderDeps: ({ search: s }) => s, loader: ({ deps }) => load(lists.memberships(deps)), component: lazyRouteComponent(() => import('./pages/library/Library'), 'Library') }),
    createRoute({ ...in_, path: '/library/$id', loader: ({ params }) => perhaps(pathQuery(params.id), pastQuery(params.id), lists.rechecks({ membership_id: params.id })) && load(read('/api/v1/memberships/{id}', byId(params.id))), component: lazyRouteComponent(() => import('./pages/library/MembershipPage'), 'MembershipPage') }),
    createRoute({ ...in_, path: '/annual-updates', loaderDeps: ({ search: s }) => s, loader: ({ deps }) => load(lists.updates(deps), lists.windows({})), component: lazyRouteComponent(() => import('./pages/updates/Updates'), 'Updates') }),
    createRoute({ ...in_, path: '/annual-updates/$id', loader: ({ params }) => load(updateQuery(params.id), INDICATORS), component: lazyRouteComponent(() => import('./pages/updates/UpdatePage'), 'UpdatePage') }),
    createRoute({ ...in_, path: '/update-windows/$year', loaderDeps: ({ search: s }) => s, loader: ({ params, deps }) => load(windowQuery(params.year), missingQuery(params.year, deps), lists.updates({ year: params.year })), component: lazyRouteComponent(() => import('./pages/updates/WindowPage'), 'WindowPage') }),
    createRoute({ ...in_, path: '/major-changes', loaderDeps: ({ search: s }) => s, loader: ({ deps }) => load(lists.changes(deps)), component: lazyRouteComponent(() => import('./pages/changes/Changes'), 'Changes') }),
    createRoute({ ...in_, path: '/major-changes/$id', loader: ({ params }) => load(read('/api/v1/major-changes/{id}', byId(params.id))), component: lazyRouteComponent(() => import('./pages/changes/Changes'), 'ChangePage') }),
    createRoute({ ...in_, path: '/tracks', loader: () => load(read('/api/v1/track-standings')), component: lazyRouteComponent(() => import('./pages/ecosystem/Tracks'), 'Tracks') }),
    createRoute({ ...in_, path: '/tracks/$code', loader: ({ params }) => load(supplyQuery(params.code), TRACKS), component: lazyRouteComponent(() => import('./pages/ecosystem/Supply'), 'Supply') }),
    createRoute({ ...in_, path: '/links', loaderDeps: ({ search: s }) => s, loader: ({ deps }) => load(lists.links(deps), TRACKS), component: lazyRouteComponent(() => import('./pages/ecosystem/Links'), 'Links') }),
    createRoute({ ...in_, path: '/links/$id', loader: ({ params }) => load(read('/api/v1/enterprise-links/{id}', byId(params.id)), TRACKS), component: lazyRouteComponent(() => import('./pages/ecosystem/Links'), 'LinkPage') }),
    createRoute({ ...in_, path: '/leads', loaderDeps: ({ search: s }) => s, loader: ({ deps }) => load(lists.leads(deps), TRACKS), component: lazyRouteComponent(() => import('./pages/ecosystem/Leads'), 'Leads') }),
    createRoute({ ...in_, path: '/leads/$id', loader: ({ params }) => load(read('/api/v1/recruitment-leads/{id}', byId(params.id)), TRACKS), component: lazyRouteComponent(() => import('./pages/ecosystem/Leads'), 'LeadPage') }),
    createRoute({ ...in_, path: '/directions', loaderDeps: ({ search: s }) => s, loader: ({ deps }) => load(lists.directions(deps)), component: lazyRouteComponent(() => import('./pages/ecosystem/Directions'), 'Directions') }),
    createRoute({ ...in_, path: '/directions/$id', loader: ({ params }) => load(read('/api/v1/directions/{id}', byId(params.id)), TRACKS), component: lazyRouteComponent(() => import('./pages/ecosystem/Directions'), 'DirectionPage') }),
    createRoute({ ...in_, path: '/promotions', loaderDeps: ({ search: s }) => s, loader: ({ deps }) => load(lists.promotions(deps)), component: lazyRouteComponent(() => import('./pages/library/Promotions'), 'Promotions') }),
    createRoute({ ...in_, path: '/rechecks', loaderDeps: ({ search: s }) => s, loader: ({ deps }) => load(lists.rechecks(deps)), component: lazyRouteComponent(() => import('./pages/library/Rechecks'), 'Rechecks') }),
    createRoute({ ...in_, path: '/rechecks/$id', loader: ({ params }) => load(read('/api/v1/rechecks/{id}', byId(params.id)), INDICATORS, TRACKS), component: lazyRouteComponent(() => import('./pages/library/RecheckPage'), 'RecheckPage') }),
    createRoute({ ...in_, path: '/recheck-draws', loaderDeps: ({ search: s }) => s, loader: ({ deps }) => load(lists.recheckDraws(deps)), component: lazyRouteComponent(() => import('./pages/library/RecheckDraws'), 'RecheckDraws') }),
    createRoute({ ...in_, path: '/enterprises', loaderDeps: ({ search: s }) => s, loader: ({ deps }) => load(lists.enterprises(deps), TRACKS), component: lazyRouteComponent(() => import('./pages/enterprises/Enterprises'), 'Enterprises') }),
    createRoute({ ...in_, path: '/enterprises/import', component: lazyRouteComponent(() => import('./pages/enterprises/Import'), 'Import') }),
    createRoute({ ...in_, path: '/enterprises/$id', loader: ({ params }) => load(read('/api/v1/enterprises/{id}', byId(params.id)), read('/api/v1/enterprises/{id}/metrics', byId(params.id)), read('/api/v1/enterprises/{id}/facts', byId(params.id)), TRACKS, INDICATORS), component: lazyRouteComponent(() => import('./pages/enterprises/EnterprisePage'), 'EnterprisePage') }),
    createRoute({ ...in_, path: '/claims', loaderDeps: ({ search: s }) => s, loader: ({ deps }) => load(lists.claims(deps)), component: lazyRouteComponent(() => import('./pages/enterprises/Claims'), 'Claims') }),
    createRoute({ ...in_, path: '/claims/$id', loader: ({ params }) => load(read('/api/v1/claims/{id}', byId(params.id))), component: lazyRouteComponent(() => import('./pages/enterprises/Claims'), 'ClaimPage') }),
    createRoute({ ...in_, path: '/rule-sets', loaderDeps: ({ search: s }) => s, loader: ({ deps }) => load(lists.ruleSets(deps)), component: lazyRouteComponent(() => import('./pages/programme/RuleSets'), 'RuleSets') }),
    createRoute({ ...in_, path: '/rule-sets/$id', loader: ({ params }) => load(read('/api/v1/rule-sets/{id}', byId(params.id))), component: lazyRouteComponent(() => import('./pages/programme/RuleSetPage'), 'RuleSetPage') }),
    createRoute({ ...in_, path: '/users', loaderDeps: ({ search: s }) => s, loader: ({ deps }) => load(lists.users(deps)), component: lazyRouteComponent(() => import('./pages/admin/Users'), 'Users') }),
    createRoute({ ...in_, path: '/users/$id', loader: ({ params }) => perhaps(sessionsQuery(params.id)) && load(read('/api/v1/users/{id}', byId(params.id))), component: lazyRouteComponent(() => import('./pages/admin/UserPage'), 'UserPage') }),
    createRoute({ ...in_, path: '/audit', loaderDeps: ({ search: s }) => s, loader: ({ deps }) => load(lists.audit(deps), INDICATORS, TRACKS), component: lazyRouteComponent(() => import('./pages/admin/Audit'), 'Audit') }),
    createRoute({ ...in_, path: '/operations', loader: () => load(read('/api/v1/jobs'), read('/api/v1/configuration')), component: lazyRouteComponent(() => import('./pages/admin/Operations'), 'Operations') }),
    createRoute({ ...in_, path: '/mails', loaderDeps: ({ search: s }) => s, loader: ({ deps }) => load(read('/api/v1/mail-templates'), lists.mails(deps)), component: lazyRouteComponent(() => import('./pages/admin/Mails'), 'Mails') }),
    createRoute({ ...in_, path: '/letters', loader: () => load(read('/api/v1/mail-templates')), component: lazyRouteComponent(() => import('./pages/admin/Letters'), 'Letters') }),
    createRoute({ ...in_, path: '/letters/$name', loader: ({ params }) => load(read('/api/v1/mail-templates'), letterQuery(params.name, lang())), component: lazyRouteComponent(() => import('./pages/admin/Letters'), 'Letter') }),
    createRoute({ ...in_, path: '/messages', loaderDeps: ({ search: s }) => s, loader: ({ deps }) => load(lists.messages(deps)), component: lazyRouteComponent(() => import('./pages/messages/Messages'), 'Messages') }),
    createRoute({ ...in_, path: '/messages/preferences', loader: () => load(read('/api/v1/me/message-preferences')), component: lazyRouteComponent(() => import('./pages/messages/Preferences'), 'Preferences') }),
    createRoute({ ...in_, path: '/account', loader: () => load(meQuery, read('/api/v1/auth/sessions')), component: lazyRouteComponent(() => import('./pages/Account'), 'Account') }),
  ]),
];

export const router = createRouter({
  routeTree: root.addChildren(routes),
  defaultPreload: 'intent',
  defaultPreloadStaleTime: 0,
  defaultPendingComponent: PageSkeleton,
  defaultPendingMs: 300,
  defaultErrorComponent: ({ error, reset }: ErrorComponentProps) => <PageProblem error={error} retry={reset} />,
  defaultNotFoundComponent: Missing,
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
