// The names of the values of an application, by their pointers.
import { useQuery } from '@tanstack/react-query';
import { INDICATORS, TRACKS } from '../router';
import { FACT_KIND, SECTION } from '../words/labels';
import { told, useLang, type Say } from '../words/say';

const PARTS: Record<string, Say> = {
  contact: ['联系人', 'Contact'], name: ['姓名或名称', 'Name'], position: ['职务', 'Position'], mobile: ['电话', 'Telephone'], email: ['邮箱', 'E-mail'],
  summary: ['企业简介', 'Summary'], track: ['赛道', 'Track'], registered_on: ['成立日期', 'Registered on'], legal_person: ['独立法人', 'Legal person'],
  registered_in_laoshan: ['注册地在崂山', 'Registered in Laoshan'], landing_agreement: ['落地协议', 'Landing agreement'], niche_since: ['进入细分领域时间', 'In the niche since'],
  titles: ['资质称号', 'Titles'], ip: ['知识产权', 'Intellectual property'], class1_granted: ['Ⅰ类已授权', 'Class I granted'], class1_accepted: ['Ⅰ类已受理', 'Class I accepted'],
  class1_in_use: ['Ⅰ类已应用', 'Class I in use'], class2: ['Ⅱ类', 'Class II'], awards: ['奖项', 'Awards'], partners: ['合作伙伴', 'Partners'],
  sourced_projects: ['项目来源', 'Project sources'], talents: ['高层次人才', 'Talents'], institutions: ['研发机构', 'Institutions'], equity_rounds: ['股权融资', 'Equity rounds'],
  vetoes: ['否决事项', 'Vetoes'], statements: ['承诺', 'Statements'], truthful: ['内容真实', 'Truthful'], data_consent: ['数据使用同意', 'Data consent'],
  industry: ['行业分类', 'Industry class'], incidents: ['负面事件', 'Incidents'], choices: ['选择的路径', 'Choices'], tracks: ['其他赛道', 'Further tracks'],
};

export function useNames(): (pointer: string) => string {
  const lang = useLang();
  const indicators = useQuery(INDICATORS).data;
  const catalogue = useQuery(TRACKS).data;
  return (pointer) => {
    const parts = pointer.split('/').slice(1).filter((part) => part !== 'figures' && part !== 'years');
    return parts.map((part) => {
      const words = PARTS[part] ?? SECTION[part] ?? FACT_KIND[part];
      if (words) return told(words, lang);
      const indicator = indicators?.indicators.find((one) => one.code === part);
      if (indicator) return told(indicator.name, lang);
      const veto = catalogue?.vetoes.find((one) => one.code === part);
      if (veto) return told(veto.name, lang);
      return /^\d{1,3}$/.test(part) ? `#${Number(part) + 1}` : part;
    }).join(' · ');
  };
}
