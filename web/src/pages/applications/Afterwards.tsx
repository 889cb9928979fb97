import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { Action } from '../../api/client';
import { useMay } from '../../api/me';
import { AreaField } from '../../form/fields';
import { feedbackQuery, lists } from '../../router';
import { ActionBar, ActionDialog } from '../../ui/actions';
import { Day, Panel, State } from '../../ui/basics';
import { FEEDBACK_STATE, VISIT_STATE } from '../../words/labels';
import { told, useLang, useSay } from '../../words/say';

/** The visits an application has had. */
export function VisitsOf({ id }: { id: string }) {
  const say = useSay();
  const may = useMay();
  const visits = useQuery({ ...lists.visits({ application_id: id }), enabled: may('site_visit.list') }).data?.items ?? [];
  if (visits.length === 0) return null;
  return <Panel title={say('实地核查', 'Site visits')}><ul>{visits.map((one) => <li key={one.id}><Link to="/visits/$id" params={{ id: one.id }}><Day on={one.planned_on} /></Link> <State of={one.state} table={VISIT_STATE} /></li>)}</ul></Panel>;
}

/** What whoever was not selected is told; an applicant sees it once it is sent. */
export function Feedback({ id }: { id: string }) {
  const say = useSay();
  const lang = useLang();
  const may = useMay();
  const feedback = useQuery({ ...feedbackQuery(id), enabled: may('feedback.view'), retry: false, retryOnMount: false }).data;
  const [editing, setEditing] = useState<Action | null>(null);
  if (!feedback) return null;
  return (
    <Panel title={say('评审反馈', 'Feedback')} extra={<State of={feedback.state} table={FEEDBACK_STATE} />}>
      <p style={{ whiteSpace: 'pre-wrap' }}>{told([feedback.text.zh, feedback.text.en], lang)}</p>
      <ActionBar record={feedback} own={{ 'feedback.update': setEditing }} />
      {editing && (
        <ActionDialog action={editing} version={feedback.version} onClose={() => setEditing(null)} initial={{ zh: feedback.text.zh, en: feedback.text.en }} words={{ name: ['修改反馈', 'Edit the feedback'], press: ['保存', 'Save'], wide: true }}>
          <AreaField at="/zh" label={say('中文', 'Chinese')} rows={8} required /><AreaField at="/en" label={say('英文', 'English')} rows={8} required />
        </ActionDialog>
      )}
    </Panel>
  );
}
