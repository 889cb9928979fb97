import type { Schemas } from '../../api/client';

/** What an officer has typed: a verdict for each value, and a question where there is one. */
export interface Judged {
  verdicts: Record<string, string | undefined>;
  questioned: Record<string, string | undefined>;
}

/** What is sent of it. A question that was typed and then taken back is not asked; one without words is, and the server says so. */
export function judgements(typed: Judged): Required<Schemas['JudgeAnnualUpdateBody']> {
  const of = (verdict: string) => Object.entries(typed.verdicts).filter(([, said]) => said === verdict).map(([code]) => code);
  return { verified: of('verified'), questioned: Object.fromEntries(of('questioned').map((code) => [code, typed.questioned[code] ?? ''])) };
}

type Stated = Record<string, { value?: number | undefined; reason?: string | undefined } | undefined>;

/** The patch of a report: a value that was emptied is taken out, since a value that is left out stays. */
export function statements(patch: object, whole: Stated): Record<string, unknown> {
  return Object.fromEntries(Object.entries(patch).map(([code, part]) => [code, whole[code]?.value === undefined ? null : part as unknown]));
}
