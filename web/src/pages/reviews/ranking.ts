import type { Schemas } from '../../api/client';

type Row = Schemas['FreezeResult'];

/** Best first; who passed takes the places there are, and equals share a rank and stand on the same side of the line. */
export function quotaLine(results: Row[], places: number | undefined): Array<Row & { rank?: number; within: boolean }> {
  const score = (row: Row) => (row.ok ? row.total ?? -1 : -2);
  const sorted = [...results].sort((a, b) => score(b) - score(a) || a.application_id.localeCompare(b.application_id));
  return sorted.map((row) => {
    const ranked = row.ok && row.total !== null && row.total !== undefined;
    const better = sorted.filter((other) => score(other) > score(row)).length;
    const passedAtLeastAsWell = sorted.filter((other) => other.passed && score(other) >= score(row)).length;
    const within = ranked && row.passed === true && (places === undefined || passedAtLeastAsWell <= places);
    return { ...row, ...(ranked ? { rank: better + 1 } : {}), within };
  });
}
