import { expect, it } from 'vitest';
import { withSelfCheck } from './selfCheck';

const kept = { track: 'terahertz', data_consent: true, registered_on: '2022-05-20', years: { 2025: { revenue: 100, staff: 9 } }, ip: { class2: 3 }, titles: [] };

it('the self-check fills what an application leaves open', () => {
  expect(withSelfCheck({ figures: {} }, kept)).toEqual({
    track: 'terahertz', figures: { registered_on: '2022-05-20', years: { 2025: { revenue: 100, staff: 9 } }, ip: { class2: 3 }, titles: [] },
  });
});

it('what the application states stays, also where it states none', () => {
  const form = { track: 'quantum', figures: { registered_on: '2021-01-01', years: { 2025: { revenue: 0 }, 2024: { staff: 4 } }, titles: [{ kind: 'high_tech' }] } };
  expect(withSelfCheck(form, kept)).toEqual({
    track: 'quantum', figures: { registered_on: '2021-01-01', years: { 2025: { revenue: 0, staff: 9 }, 2024: { staff: 4 } }, ip: { class2: 3 }, titles: [{ kind: 'high_tech' }] },
  });
});

it('nothing is offered where it would add nothing', () => {
  expect(withSelfCheck({ figures: { staff: 1 } }, {})).toBeUndefined();
  expect(withSelfCheck({ figures: {} }, { data_consent: true })).toBeUndefined();
  const filled = withSelfCheck({ figures: {} }, kept);
  expect(filled && withSelfCheck(filled, kept)).toBeUndefined();
});
