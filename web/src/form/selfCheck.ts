// What was typed into the self-check stays in this tab, so that it need not be typed again into an application.
const KEPT = 'laoshan.self-check';

type Values = { [key: string]: unknown };

export function recallSelfCheck(): Values {
  try {
    return JSON.parse(sessionStorage.getItem(KEPT) ?? '{}') as Values;
  } catch {
    return {};
  }
}

export function keepSelfCheck(figures: Values): void {
  try {
    sessionStorage.setItem(KEPT, JSON.stringify(figures));
  } catch {
    // What was typed then lasts as long as the page.
  }
}

function isValues(value: unknown): value is Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Fills what the form leaves open; what is stated in it stays. */
function fill(form: Values, kept: Values): Values {
  const filled = { ...form };
  for (const [key, value] of Object.entries(kept)) {
    const own = form[key];
    if (isValues(value) && (own === undefined || own === null || isValues(own))) filled[key] = fill(own ?? {}, value);
    else if (own === undefined || own === null) filled[key] = value;
  }
  return filled;
}

/** The form with the figures of the self-check where it has none; nothing when they would add nothing. */
export function withSelfCheck<F extends { track?: string | null; figures?: unknown }>(form: F, kept: Values): F | undefined {
  // Consent and judgement belong to the application itself.
  const { track, data_consent, human, tiers, ...figures } = kept;
  void [data_consent, human, tiers];
  const own = isValues(form.figures) ? form.figures : {};
  const filled = { ...form, figures: fill(own, figures), ...(form.track || typeof track !== 'string' ? {} : { track }) };
  return JSON.stringify(filled) === JSON.stringify({ ...form, figures: own }) ? undefined : filled;
}
