import { Link } from '@tanstack/react-router';
import { useMay } from '../api/me';

/** The name of an enterprise, leading to its record for whoever may read it: a link must not end in "not found". */
export function EnterpriseLink({ id, name }: { id: string; name: string }) {
  const may = useMay();
  return may('enterprise.view') ? <Link to="/enterprises/$id" params={{ id }}>{name}</Link> : <>{name}</>;
}
