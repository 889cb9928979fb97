import { useSuspenseQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { useMay } from '../../api/me';
import type { Schemas } from '../../api/client';
import { lists } from '../../router';
import { Day, Due, Mark, Moment, Page, Panel, State } from '../../ui/basics';
import { ActionDialog } from '../../ui/actions';
import { DataTable } from '../../ui/DataTable';
import { Filters, Pager } from '../../ui/List';
import { useFilters } from '../../ui/useFilters';
import { OBJECTION_STATE, options } from '../../words/labels';
import { useLang, useSay } from '../../words/say';
import { AreaField, ChoiceField, DateField, TextField } from '../../form/fields';
import { useQuery } from '@tanstack/react-query';
import { read } from '../../api/client';

export function Objections() {
  const say = useSay();
  const lang = useLang();
  const may = useMay();
  const filters = useFilters();
  const [recording, setRecording] = useState(false);
  const page = useSuspenseQuery(lists.objections(filters.value)).data;
  const notices = useSuspenseQuery(lists.notices({})).data.items;
  return (
    <Page title={say('异议', 'Objections')} aside={may('objection.record') && <Button onClick={() => setRecording(true)}>{say('登记线下异议', 'Record one received on paper')}</Button>}>
      <Panel>
        <Filters value={filters.value} onChange={filters.set} filters={[
          { name: 'state', label: say('状态', 'State'), options: options(OBJECTION_STATE, lang) },
          { name: 'notice_id', label: say('公示', 'Notice'), options: notices.map((one) => ({ value: one.id, label: one.title })) },
        ]} />
        <DataTable<Schemas['ObjectionSummary']> name="objections" caption={say('异议', 'Objections')} rows={page.items} id={(row) => row.id} empty={say('没有异议。', 'No objections.')} columns={[
          { key: 'subject', title: say('针对', 'About'), show: (row) => <Link to="/objections/$id" params={{ id: row.id }}>{row.subject_name ?? say('公示名单中的对象', 'As listed in the notice')}</Link> },
          { key: 'notice', title: say('公示', 'Notice'), show: (row) => row.notice_title },
          { key: 'at', title: say('收到时间', 'Received'), show: (row) => <Moment at={row.filed_at} /> },
          { key: 'state', title: say('状态', 'State'), show: (row) => <State of={row.state} table={OBJECTION_STATE} /> },
          { key: 'due', title: say('答复期限', 'Answer by'), show: (row) => (['upheld', 'dismissed', 'replied', 'inadmissible'].includes(row.state) ? <Day on={row.due_on} /> : <><Due on={row.due_on} /> {row.overdue && <Mark tone="bad">{say('逾期', 'Overdue')}</Mark>}</>) },
        ]} />
        <Pager next={page.next} cursor={filters.value.cursor} total={page.total} shown={page.items.length} onCursor={filters.page} />
      </Panel>
      {recording && (
        <ActionDialog onClose={() => setRecording(false)} action={{ action: 'objection.record', allowed: true, method: 'POST', href: '/api/v1/objections' }}
          words={{ name: ['登记线下异议', 'Record an objection'], wide: true }} initial={{ notice_id: notices.find((one) => one.running)?.id ?? '' }}>
          <ChoiceField at="/notice_id" label={say('公示', 'Notice')} choices={notices.map((one) => ({ value: one.id, label: one.title }))} required />
          <SubjectField notices={notices} />
          <DateField at="/received_on" label={say('收到日期', 'Received on')} />
          <TextField at="/name" label={say('异议人', 'Objector')} required />
          <TextField at="/contact" label={say('联系方式', 'How to reach them')} required />
          <AreaField at="/content" label={say('异议内容', 'What they object to')} required />
          <AreaField at="/evidence" label={say('证据或线索', 'Evidence')} required />
        </ActionDialog>
      )}
    </Page>
  );
}

/** The subjects of whichever notice is running; an objection is made while it runs. */
function SubjectField({ notices }: { notices: Schemas['NoticeSummary'][] }) {
  const say = useSay();
  const running = notices.find((one) => one.running);
  const notice = useQuery({ ...read('/api/v1/public/notices/{id}', { params: { path: { id: running?.id ?? '' } } }), enabled: !!running }).data;
  const choices = (notice?.subjects ?? []).map((subject) => ({ value: subject.id, label: String((subject.fields as Record<string, unknown>).enterprise_name ?? (subject.fields as Record<string, unknown>).name ?? '') }));
  return <ChoiceField at="/subject_id" label={say('针对', 'About')} choices={choices} required />;
}
