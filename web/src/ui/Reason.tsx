import { Link } from '@tanstack/react-router';
import { useMay } from '../api/me';
import { useSay } from '../words/say';

/** Why something happened, in the words of whoever did it; what a re-check led to names the re-check. */
export function Reason({ text }: { text: string }) {
  const say = useSay();
  const may = useMay();
  const recheck = /^rechecked:(.+)$/.exec(text)?.[1];
  if (!recheck) return <>{text}</>;
  const words = say('复核结论', 'Outcome of a re-check');
  return may('recheck.view') ? <Link to="/rechecks/$id" params={{ id: recheck }}>{words}</Link> : <>{words}</>;
}
