import { expect, it } from 'vitest';
import { nextSteps, openings } from './next';

const application = (over: object) => ({
  id: 'a', round_id: 'r', enterprise: { id: 'e', name: '甲', credit_code: '' }, tier: 'seed', lane: 'ladder', state: 'draft',
  updated_at: '', version: 1, ...over,
}) as never;
const round = (over: object) => ({ id: 'r', name: '一批', state: 'open', opens_at: '', closes_at: '2026-03-20T09:00:00Z', tiers: ['seed', 'ecosystem'], version: 1, year: 2026, ...over }) as never;

it('corrections come first, then drafts of open rounds by their deadline; the rest needs nothing', () => {
  const steps = nextSteps([
    application({ id: 'draft' }), application({ id: 'back', state: 'returned', return_due_on: '2026-03-30' }),
    application({ id: 'sent', state: 'submitted' }), application({ id: 'late', round_id: 'closed' }),
  ], [round({}), round({ id: 'closed', state: 'closed' })], '2026-03-01');
  expect(steps.map((step) => [step.key, step.urgent, step.due])).toEqual([['back', true, '2026-03-30'], ['draft', false, '2026-03-20T09:00:00Z']]);
});

it('an item that is done waits for the enterprise, and so does a plan it is asked about', () => {
  const items = [{ id: 'i', state: 'pending_confirm', enterprise_name: '甲', title: '厂房', deadline_on: '2026-03-05' }, { id: 'j', state: 'in_progress' }] as never[];
  const plans = [{ id: 'p', state: 'consulting', enterprise_name: '甲', year: 2026 }, { id: 'q', state: 'executing' }] as never[];
  const steps = nextSteps([application({ state: 'returned', return_due_on: '2026-04-01' })], [round({})], '2026-03-01', items, plans);
  expect(steps.map((step) => [step.key, step.to.path])).toEqual([['a', '/applications/$id/form'], ['i', '/support/$id'], ['p', '/support-plans/$id']]);
});

it('a claim that was returned is urgent, a draft of one only when its window ends soon', () => {
  const claims = ['draft', 'returned', 'filed'].map((state) => ({ id: state, state, enterprise_name: '甲', claim_year: 2026, contracts: ['HT-1'], window_to: '2026-03-31', due_on: state === 'returned' ? '2026-04-20' : null })) as never[];
  const steps = nextSteps([], [], '2026-03-01', [], [], claims);
  expect(steps.map((step) => [step.key, step.urgent, step.due, step.to.path])).toEqual([['returned', true, undefined, '/subsidies/$id/form'], ['draft', false, '2026-03-31', '/subsidies/$id/form']]);
  expect(nextSteps([], [], '2026-03-29', [], [], claims).map((step) => [step.key, step.urgent])).toEqual([['draft', true], ['returned', true]]);
});

it('a draft becomes urgent three days before the deadline', () => {
  const [step] = nextSteps([application({})], [round({})], '2026-03-17');
  expect(step?.urgent).toBe(true);
});

it('one may apply once per lane; an ended application frees its lane', () => {
  const rounds = [round({}), round({ id: 'r2', state: 'published' })];
  expect(openings(rounds, [], 'e').map((one) => one.tiers)).toEqual([['seed', 'ecosystem']]);
  expect(openings(rounds, [application({ state: 'submitted' })], 'e').map((one) => one.tiers)).toEqual([['ecosystem']]);
  expect(openings(rounds, [application({ state: 'withdrawn' })], 'e').map((one) => one.tiers)).toEqual([['seed', 'ecosystem']]);
  expect(openings(rounds, [application({ state: 'submitted', enterprise: { id: 'other' } })], 'e').map((one) => one.tiers)).toEqual([['seed', 'ecosystem']]);
});
