// A re-check keeps its evaluation as it was made, in both languages; what explains an evaluation reads one.
import type { Schemas } from '../../api/client';
import { told, type Lang } from '../../words/say';

type Used = Schemas['Used'];

function used(all: Used[], lang: Lang): Schemas['UsedShown'][] {
  return all.map((one) => ({ ...one, name: told(one.name, lang) }));
}

export function leafShown(leaf: Schemas['LeafResult'], lang: Lang): Schemas['LeafShown'] {
  return { ...leaf, text: told(leaf.text, lang), basis: leaf.basis ? told(leaf.basis, lang) : null, used: used(leaf.used, lang) };
}

export function vetoShown(veto: Schemas['VetoResult'], lang: Lang): Schemas['LeafShown'] {
  return { ...veto, text: told(veto.text, lang), basis: veto.basis ? told(veto.basis, lang) : null, used: used(veto.used, lang), blocking: veto.outcome === 'unmet' };
}

/** A rule of the way to the next tier: those in the way first, the nearest of them first; what cannot be measured comes last. */
export function inTheWay(leaves: Schemas['PathLeaf'][]): Schemas['PathLeaf'][] {
  return leaves.filter((leaf) => leaf.blocking).sort((a, b) => (a.relative_gap_ppm ?? Infinity) - (b.relative_gap_ppm ?? Infinity));
}
