import { useSuspenseQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { read } from '../../api/client';
import { ActionBar } from '../../ui/actions';
import { Due, Facts, Moment, Page, Panel, State } from '../../ui/basics';
import { subjectLink } from '../../ui/subjects';
import { OBJECTION_STATE } from '../../words/labels';
import { useSay } from '../../words/say';

export function ObjectionPage() {
  const say = useSay();
  const { id = '' } = useParams({ strict: false });
  const objection = useSuspenseQuery(read('/api/v1/objections/{id}', { params: { path: { id } } })).data;
  const subject = subjectLink({ kind: objection.subject_kind, id: objection.subject_id });
  const about = objection.subject_name ?? say('公示名单中的对象', 'As listed in the notice');
  const hidden = (value: string | null | undefined) => (value && /^\*+$/.test(value) ? <span className="soft">{say('仅受理人可见', 'Seen only by whoever takes the case')}</span> : value);
  return (
    <Page title={say('异议', 'Objection')} tags={<State of={objection.state} table={OBJECTION_STATE} />} lead={objection.subject_name} narrow>
      <Panel><ActionBar record={objection} order={['objection.admit', 'objection.investigate', 'objection.resolve', 'objection.reply', 'objection.reject']} /></Panel>
      <Panel>
        <Facts rows={[
          [say('公示', 'Notice'), <Link key="n" to="/notices/$id" params={{ id: objection.notice_id }}>{objection.notice_title}</Link>],
          [say('针对', 'About'), subject ? <Link key="s" to={subject.to} params={subject.params}>{about}</Link> : about],
          [say('收到时间', 'Received'), <Moment key="r" at={objection.filed_at} />],
          [say('答复期限', 'Answer by'), <Due key="d" on={objection.due_on} />],
          [say('异议人', 'Objector'), hidden(objection.objector_name)],
          [say('联系方式', 'Contact'), hidden(objection.contact)],
        ]} />
      </Panel>
      <Panel title={say('内容', 'Content')}><p style={{ whiteSpace: 'pre-wrap' }}>{objection.content}</p></Panel>
      <Panel title={say('证据或线索', 'Evidence')}><p style={{ whiteSpace: 'pre-wrap' }}>{objection.evidence}</p></Panel>
      {objection.answer && <Panel title={say('答复', 'Answer')}><p style={{ whiteSpace: 'pre-wrap' }}>{objection.answer}</p></Panel>}
    </Page>
  );
}
