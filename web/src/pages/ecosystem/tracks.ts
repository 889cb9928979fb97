import { useSuspenseQuery } from '@tanstack/react-query';
import type { Choice } from '../../form/fields';
import { TRACKS } from '../../router';
import { told, useLang } from '../../words/say';

/** The tracks of the rules in force, without the topics under observation. */
export function useTrackChoices(): Choice[] {
  const lang = useLang();
  return useSuspenseQuery(TRACKS).data.tracks.map((one) => ({ value: one.code, label: told(one.name, lang) }));
}

/** The name of a track by its code. */
export function useTrackName(): (code: string) => string {
  const choices = useTrackChoices();
  return (code) => choices.find((one) => one.value === code)?.label ?? code;
}
