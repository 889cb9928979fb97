import { useSuspenseQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { read, type Schemas } from '../../api/client';
import { useMay } from '../../api/me';
import { Day, Page, Panel, State } from '../../ui/basics';
import { DataTable, type Column } from '../../ui/DataTable';
import { LinkButton } from '../../ui/LinkButton';
import { label, MATURITY, TIER } from '../../words/labels';
import { told, useLang, useSay } from '../../words/say';

type Row = Schemas['TrackStanding'];

/** How far each track has come, since when, and who of the library stands in it. */
export function Tracks() {
  const say = useSay();
  const lang = useLang();
  const may = useMay();
  const { tracks } = useSuspenseQuery(read('/api/v1/track-standings')).data;
  const tiers = Object.keys(TIER).map((tier): Column<Row> => ({ key: tier, title: label(TIER, tier, lang), right: true, show: (row) => row.members[tier] ?? 0 }));
  return (
    <Page title={say('赛道与产业链', 'Tracks and chains')} lead={say('现行规则中的赛道：成熟度、演变和在库企业数。', 'The tracks of the rules in force: how far they have come, and who stands in them.')}
      aside={may('direction.list') && <LinkButton to="/directions">{say('跟踪预研方向', 'New directions')}</LinkButton>}>
      <Panel title={say('现行赛道', 'Tracks in force')}>
        <DataTable<Row> name="tracks" caption={say('赛道', 'Tracks')} rows={tracks} id={(row) => row.code} empty={say('没有赛道。', 'No tracks.')} columns={[
          { key: 'name', title: say('赛道', 'Track'), show: (row) => (may('supply.view') ? <Link to="/tracks/$code" params={{ code: row.code }}>{told(row.name, lang)}</Link> : told(row.name, lang)) },
          { key: 'maturity', title: say('成熟度', 'Maturity'), show: (row) => <State of={row.maturity} table={MATURITY} /> },
          { key: 'history', title: say('演变', 'History'), show: (row) => row.history.map((step) => <div key={step.from}><Day on={step.from} />{row.history.length > 1 && <> {label(MATURITY, step.maturity, lang)}</>}</div>) },
          ...tiers,
          { key: 'candidates', title: say('储备', 'Candidates'), right: true, show: (row) => row.candidates },
        ]} />
      </Panel>
    </Page>
  );
}
