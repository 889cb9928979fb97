import { useQuery } from '@tanstack/react-query';
import { read, type Action } from '../../api/client';
import { DateField, ManyField } from '../../form/fields';
import { ActionDialog } from '../../ui/actions';
import { ProblemNote } from '../../ui/basics';
import { useLang, useSay } from '../../words/say';

/** When an enterprise is visited, and who goes: nobody goes alone, and nobody with a conflict of interest is offered. */
export function VisitDialog({ id, action, onClose }: { id: string; action: Action; onClose: () => void }) {
  const say = useSay();
  const lang = useLang();
  const { data, error } = useQuery(read('/api/v1/applications/{id}/visitors', { params: { path: { id }, query: { limit: 200 } } }));
  const people = [...(data?.items ?? [])].sort((a, b) => a.name.localeCompare(b.name, lang));
  return (
    <ActionDialog action={action} onClose={onClose} initial={{ visitors: [] }}
      words={{ name: ['安排实地核查', 'Plan a site visit'], press: ['安排', 'Plan'], done: ['已安排', 'Planned'], explain: ['须两人以上同行。安排后在“实地核查”中填写核查记录。', 'At least two go together. What they find is recorded under “Site visits”.'] }}>
      <ProblemNote problem={error} />
      <DateField at="/planned_on" label={say('计划日期', 'Planned for')} required />
      <ManyField at="/visitors" label={say('核查人员（至少两人）', 'Visitors (at least two)')} choices={people.map((one) => ({ value: one.id, label: one.name, own: true }))} required />
    </ActionDialog>
  );
}
