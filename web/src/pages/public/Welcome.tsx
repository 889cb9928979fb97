import { useSuspenseQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { LinkButton } from '../../ui/LinkButton';
import { lists } from '../../router';
import { Day, Panel, State } from '../../ui/basics';
import { NOTICE_KIND } from '../../words/labels';
import { useSay } from '../../words/say';

export function Welcome() {
  const say = useSay();
  const notices = useSuspenseQuery(lists.notices({})).data;
  return (
    <div className="page">
      <section className="hero">
        <h1>{say('让未来产业的企业，一级一级成长', 'Growing the enterprises of future industries, rung by rung')}</h1>
        <p>{say(
          '种子企业、未来之星、领军企业、生态型企业：四类企业，一个培育库。先花五分钟自测，看看差在哪里，再决定是否申报。',
          'Seed, future star, leading and ecosystem enterprises: four tiers, one library. Take five minutes to check yourself and see what is missing before you apply.',
        )}</p>
        <div className="actions">
          <LinkButton to="/self-check" size="large">{say('开始自测', 'Start the self-check')}</LinkButton>
          <LinkButton to="/register" size="large" ghost>{say('注册企业账号', 'Register')}</LinkButton>
        </div>
      </section>
      <div className="cards">
        <div className="card">
          <h2>{say('1　自测', '1  Check yourself')}</h2>
          <p>{say('不用注册，填几个数，逐条看四类条件满足没有、缺什么。不保存任何内容。', 'No account needed: a few figures, and you see rule by rule what is met and what is missing. Nothing is stored.')}</p>
        </div>
        <div className="card">
          <h2>{say('2　申报', '2  Apply')}</h2>
          <p>{say('边填边存，截止前都能改。提交后随时看到走到哪一步、下一步是什么。', 'Saved as you type, editable until the deadline. Afterwards you always see where it stands and what comes next.')}</p>
        </div>
        <div className="card">
          <h2>{say('3　认定与扶持', '3  Recognition and support')}</h2>
          <p>{say('公示无异议即发证入库，一企一策跟进服务，符合条件的可申请人才贷贴息。', 'Without objections you get a certificate and a support plan of your own, and may claim loan subsidies.')}</p>
        </div>
      </div>
      <Panel title={say('近期公示', 'Recent public notices')} extra={<Link to="/notices">{say('全部公示', 'All notices')}</Link>}>
        {notices.items.length === 0 && <p className="soft">{say('目前没有公示。', 'There are no notices at present.')}</p>}
        <ul className="rules">
          {notices.items.slice(0, 5).map((notice) => (
            <li key={notice.id} className="rule">
              <div className="rule-line">
                <State of={notice.kind} table={NOTICE_KIND} />
                <Link className="rule-text" to="/notices/$id" params={{ id: notice.id }}>{notice.title}</Link>
                <span className="soft"><Day on={notice.starts_on} /> – <Day on={notice.ends_on} /></span>
              </div>
            </li>
          ))}
        </ul>
      </Panel>
    </div>
  );
}
