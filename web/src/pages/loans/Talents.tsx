import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { App as AntApp, Button } from 'antd';
import { useState } from 'react';
import { read, type Schemas } from '../../api/client';
import { useMay } from '../../api/me';
import { AreaField, ChoiceField, DateField, TextField } from '../../form/fields';
import { lists } from '../../router';
import { ActionBar, ActionDialog } from '../../ui/actions';
import { Day, Facts, Moment, Page, Panel } from '../../ui/basics';
import { DataTable } from '../../ui/DataTable';
import { Filters, Pager } from '../../ui/List';
import { useFilters } from '../../ui/useFilters';
import { EMPLOYMENT_LINK, ID_DOCUMENT, label, options } from '../../words/labels';
import { useLang, useSay } from '../../words/say';

const GRADES = ['A', 'B', 'C', 'D'].map((grade) => ({ value: grade, label: grade }));

export function Talents() {
  const say = useSay();
  const lang = useLang();
  const may = useMay();
  const filters = useFilters();
  const [making, setMaking] = useState(false);
  const page = useSuspenseQuery(lists.talents(filters.value)).data;
  return (
    <Page title={say('人才', 'Talents')} aside={may('talent.create') && <Button type="primary" onClick={() => setMaking(true)}>{say('登记人才', 'Add a talent')}</Button>}>
      <Panel>
        <Filters value={filters.value} onChange={filters.set} filters={[{ name: 'name', label: say('姓名', 'Name'), text: true }, { name: 'grade', label: say('类别', 'Grade'), options: GRADES }]} />
        <DataTable<Schemas['TalentSummary']> name="talents" caption={say('人才', 'Talents')} rows={page.items} id={(row) => row.id} empty={say('没有人才。', 'No talents.')} columns={[
          { key: 'name', title: say('姓名', 'Name'), show: (row) => <Link to="/talents/$id" params={{ id: row.id }}>{row.name}</Link> }, { key: 'grade', title: say('类别', 'Grade'), show: (row) => row.grade },
          { key: 'programme', title: say('人才工程', 'Programme'), show: (row) => row.programme }, { key: 'id', title: say('证件号', 'Identity no.'), show: (row) => <code>{row.id_number_masked}</code> },
          { key: 'to', title: say('有效期至', 'Valid to'), show: (row) => <Day on={row.valid_to} /> },
        ]} />
        <Pager next={page.next} cursor={filters.value.cursor} total={page.total} shown={page.items.length} onCursor={filters.page} />
      </Panel>
      {making && (
        <ActionDialog action={{ action: 'talent.create', allowed: true, method: 'POST', href: '/api/v1/talents' }} initial={{ name: '', id_number: '', grade: 'D', programme: '', id_document: 'resident_id' }} onClose={() => setMaking(false)} words={{ name: ['登记人才', 'Add a talent'], press: ['保存', 'Save'] }}>
          <TextField at="/name" label={say('姓名', 'Name')} required />
          <div className="grid"><ChoiceField at="/grade" label={say('类别', 'Grade')} choices={GRADES} required /><ChoiceField at="/id_document" label={say('证件类型', 'Document')} choices={options(ID_DOCUMENT, lang)} /><TextField at="/id_number" label={say('证件号', 'Number')} required /><DateField at="/valid_to" label={say('资格有效期至', 'Valid to')} required /></div>
          <TextField at="/programme" label={say('人才工程', 'Programme')} required />
        </ActionDialog>
      )}
    </Page>
  );
}

export function TalentPage() {
  const say = useSay();
  const lang = useLang();
  const may = useMay();
  const { modal } = AntApp.useApp();
  const { id = '' } = useParams({ strict: false });
  const talent = useSuspenseQuery(read('/api/v1/talents/{id}', { params: { path: { id } } })).data;
  const [dialog, setDialog] = useState<'edit' | 'employ' | 'reveal' | null>(null);
  const firms = useQuery({ ...read('/api/v1/enterprises', { params: { query: { limit: 200, sort: 'name' } } }), enabled: dialog === 'employ' }).data?.items ?? [];
  return (
    <Page title={talent.name} narrow lead={say(`${talent.grade} 类人才`, `Grade ${talent.grade}`)} aside={<>
      {may('talent.update') && <Button onClick={() => setDialog('edit')}>{say('修改', 'Edit')}</Button>}
      {may('talent.update') && <Button onClick={() => setDialog('employ')}>{say('登记任职', 'Add employment')}</Button>}
      {may('talent.reveal') && <Button onClick={() => setDialog('reveal')}>{say('查看证件号', 'Show identity no.')}</Button>}
    </>}>
      <ActionBar record={talent} hide={['talent.update', 'talent.reveal']} />
      <Panel><Facts rows={[[say('人才工程', 'Programme'), talent.programme], [say('证件', 'Document'), <>{label(ID_DOCUMENT, talent.id_document, lang)} <code>{talent.id_number_masked}</code></>], [say('资格有效期至', 'Valid to'), <Day key="v" on={talent.valid_to} />], [say('最近更新', 'Updated'), <Moment key="u" at={talent.updated_at} />]]} /></Panel>
      <Panel title={say('任职', 'Employment')}>
        <ul className="rules">{talent.employments.map((one) => <li key={one.id} className="rule"><div className="rule-line"><span className="rule-text">{one.enterprise_name} · {label(EMPLOYMENT_LINK, one.link, lang)}</span><span className="soft"><Day on={one.since} /> – <Day on={one.until} /></span></div></li>)}</ul>
      </Panel>
      {dialog === 'edit' && (
        <ActionDialog action={{ action: 'talent.update', allowed: true, method: 'PATCH', href: `/api/v1/talents/${id}` }} version={talent.version} initial={{ name: talent.name, grade: talent.grade, programme: talent.programme, valid_to: talent.valid_to }} onClose={() => setDialog(null)} words={{ name: ['修改', 'Edit'], press: ['保存', 'Save'] }}>
          <TextField at="/name" label={say('姓名', 'Name')} required /><ChoiceField at="/grade" label={say('类别', 'Grade')} choices={GRADES} required /><TextField at="/programme" label={say('人才工程', 'Programme')} required /><DateField at="/valid_to" label={say('资格有效期至', 'Valid to')} required />
        </ActionDialog>
      )}
      {dialog === 'employ' && (
        <ActionDialog action={{ action: 'talent.employ', allowed: true, method: 'POST', href: `/api/v1/talents/${id}/employments` }} version={talent.version} initial={{ link: 'labour_contract', evidence: '' }} onClose={() => setDialog(null)} words={{ name: ['登记任职', 'Add employment'], press: ['保存', 'Save'] }}>
          <ChoiceField at="/enterprise_id" label={say('企业', 'Enterprise')} choices={firms.map((one) => ({ value: one.id, label: one.name }))} required /><ChoiceField at="/link" label={say('关系', 'Link')} choices={options(EMPLOYMENT_LINK, lang)} required />
          <DateField at="/since" label={say('自', 'Since')} required /><TextField at="/evidence" label={say('依据', 'Evidence')} required />
        </ActionDialog>
      )}
      {dialog === 'reveal' && (
        <ActionDialog action={{ action: 'talent.reveal', allowed: true, method: 'POST', href: `/api/v1/talents/${id}/id-number-reveals` }} onClose={() => setDialog(null)} onDone={(answer) => void modal.info({ title: say('证件号', 'Identity number'), content: <code>{(answer as Schemas['IdNumberView']).id_number}</code> })} words={{ name: ['查看证件号', 'Show the identity number'], explain: ['每次查看都会留痕。', 'Every look is kept on record.'] }}>
          <AreaField at="/reason" label={say('理由', 'Reason')} rows={2} required />
        </ActionDialog>
      )}
    </Page>
  );
}
