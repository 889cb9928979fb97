import { useSuspenseQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { updateQuery } from '../../router';
import { Due, Mark, Page, Panel, State } from '../../ui/basics';
import { EnterpriseLink } from '../../ui/EnterpriseLink';
import { UPDATE_STATE } from '../../words/labels';
import { useSay } from '../../words/say';
import { Entries } from './Entries';
import { Filling } from './Filling';
import { Judging } from './Judging';

/** A yearly report: filled in by the enterprise, judged value by value by an officer, read by everybody else. */
export function UpdatePage() {
  const say = useSay();
  const { id = '' } = useParams({ strict: false });
  const view = useSuspenseQuery(updateQuery(id)).data;
  const may = (action: string) => view.actions.some((one) => one.action === action && one.allowed);
  if (may('annual_update.update')) return <Filling key={view.id} view={view} />;
  return (
    <Page title={say(`${view.year} 年度更新`, `Yearly report ${view.year}`)} tags={<><State of={view.state} table={UPDATE_STATE} />{view.late && <Mark tone="warn">{say('逾期提交', 'Handed in late')}</Mark>}</>}
      lead={<><EnterpriseLink id={view.enterprise_id} name={view.enterprise_name} /> · {say(`${view.year - 1} 年数据`, `figures of ${view.year - 1}`)}{!view.submitted_at && <><br />{say('截止：', 'Due: ')}<Due on={view.due_on} /></>}</>}>
      {may('annual_update.judge') ? <Judging key={view.version} view={view} /> : <Panel title={say('年度数据', 'Figures')}><Entries view={view} /></Panel>}
    </Page>
  );
}
