import type { Schemas } from '../api/client';

/** How many rules are failed whatever alternatives are taken; what an officer has yet to judge is not among them. */
export function atLeast(node: Schemas['Node']): number {
  if (node.outcome !== 'unmet' && node.outcome !== 'unknown') return 0;
  const below = (node.children ?? []).map(atLeast).filter((one) => one > 0);
  const own = below.length === 0 ? 1 : node.rule === 'any' ? Math.min(...below) : node.rule === 'all' || node.rule === 'piecewise' ? below.reduce((sum, one) => sum + one, 0) : 1;
  const waiver = node.waiver ? atLeast(node.waiver) : 0;
  return waiver > 0 ? Math.min(own, waiver) : own;
}
