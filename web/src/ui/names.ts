// The names of the values of an application, by their pointers.
import { useQuery } from '@tanstack/react-query';
import { INDICATORS, TRACKS } from '../router';
import { FACT_KIND, LANE, LEVEL, OUTCOME, PARTNER_ROLE, POOL_ACCOUNT, POOL_KIND, PROJECT_KIND, RECHECK_OUTCOME, SECTION, TIER } from '../words/labels';
import { day, moment } from '../words/dates';
import { marks } from '../words/marks';
import { percent, yuanInFull } from '../words/money';
import { told, useLang, type Say } from '../words/say';

const PARTS: Record<string, Say> = {
  contact: ['联系人', 'Contact'], name: ['名称', 'Name'], 'contact/name': ['姓名', 'Name'], position: ['职务', 'Position'], mobile: ['电话', 'Telephone'], email: ['邮箱', 'E-mail'],
  summary: ['企业简介', 'Summary'], track: ['赛道', 'Track'], registered_on: ['成立日期', 'Registered on'], legal_person: ['独立法人', 'Legal person'],
  registered_in_laoshan: ['注册地在崂山', 'Registered in Laoshan'], landing_agreement: ['落地协议', 'Landing agreement'], niche_since: ['进入细分领域时间', 'In the niche since'],
  titles: ['资质称号', 'Titles'], ip: ['知识产权', 'Intellectual property'], class1_granted: ['Ⅰ类已授权', 'Class I granted'], class1_accepted: ['Ⅰ类已受理', 'Class I accepted'],
  class1_in_use: ['Ⅰ类已应用', 'Class I in use'], class2: ['Ⅱ类', 'Class II'], awards: ['奖项', 'Awards'], partners: ['合作伙伴', 'Partners'],
  sourced_projects: ['项目来源', 'Project sources'], talents: ['高层次人才', 'Talents'], institutions: ['研发机构', 'Institutions'], equity_rounds: ['股权融资', 'Equity rounds'],
  vetoes: ['否决事项', 'Vetoes'], statements: ['承诺', 'Statements'], truthful: ['内容真实', 'Truthful'], data_consent: ['数据使用同意', 'Data consent'],
  kind: ['类别', 'Kind'], number: ['编号', 'Number'], issuer: ['发证机关', 'Issuer'], level: ['级别', 'Level'], valid_from: ['有效期自', 'Valid from'],
  valid_to: ['有效期至', 'Valid to'], rank: ['排名', 'Place'], year: ['年份', 'Year'], role: ['关系', 'Relation'], library_member: ['在库', 'In the library'],
  local: ['本地', 'Local'], contract: ['已签合同', 'Contract'], amount_fen: ['金额', 'Amount'], grade: ['类别', 'Grade'], founder: ['创办人', 'Founder'],
  on: ['日期', 'Date'], qualified: ['合格机构', 'Qualified investors'], since: ['时间', 'Since'], class: ['代码', 'Class'], given: ['同意', 'Given'],
  veto: ['事项', 'Veto'], applies: ['涉及', 'Applies'], signed_on: ['签订日期', 'Signed on'], ends_on: ['到期日期', 'Ends on'], resolved_on: ['解除日期', 'Resolved on'],
  source: ['来源', 'Source'], snapshot: ['提交次数', 'Submission no.'], state: ['状态', 'State'], tier: ['类别', 'Tier'], reason: ['理由', 'Reason'], credit_code: ['信用代码', 'Credit code'], class1_own: ['Ⅰ类自主研发', 'Class I own'], class1_high_value: ['高价值Ⅰ类', 'Class I high value'],
  computed_fen: ['测算金额', 'Computed'], granted_fen: ['核定金额', 'Granted'], claim_year: ['计息年度', 'Interest year'], budget_year: ['预算年度', 'Budget year'], total_fen: ['总额', 'Total'],
  booked_on: ['记账日期', 'Booked on'], voucher_no: ['凭证号', 'Voucher'], lines: ['分录', 'Lines'], account: ['科目', 'Account'], cause: ['原因', 'Cause'], extent: ['范围', 'Extent'],
  loans: ['贷款', 'Loans'], adjust_reason: ['调减理由', 'Why lowered'], due_on: ['期限', 'Due on'], prepared_by: ['提请人', 'Prepared by'], enterprise_name: ['企业', 'Enterprise'],
  opens_at: ['开始时间', 'Opens at'], closes_at: ['截止时间', 'Closes at'], tiers: ['类别', 'Tiers'], guide: ['申报指南', 'Guide'], quotas: ['名额', 'Places'],
  lane: ['通道', 'Lane'], basis: ['依据', 'Legal basis'], outcome: ['结论', 'Outcome'], evaluated: ['评价', 'Evaluation'], new_tier: ['新的类别', 'New tier'], validity_years: ['有效年数', 'Years of validity'],
  certificate_prefix: ['证书前缀', 'Certificate prefix'], certificate_number: ['证书编号', 'Certificate'], bar_years: ['限制申报年数', 'Years of the bar'],
  diagnosis: ['诊断', 'Diagnosis'], goals: ['目标', 'Goals'], base: ['基数', 'Base'], target: ['目标', 'Target'], measures: ['措施', 'Measures'], budget: ['预算', 'Budget'], purpose: ['用途', 'Purpose'],
  commitments: ['企业承诺', 'Commitments'], lead: ['牵头单位', 'Lead'], mid_review_on: ['中期评估日期', 'Mid review on'], title: ['名称', 'Title'], category: ['类别', 'Category'],
  dimensions: ['评分', 'Scores'], marks: ['分数', 'Marks'], justification: ['理由', 'Why'], comment: ['总体意见', 'Comment'],
  address: ['地址', 'Address'], session: ['登录', 'Session'], roles: ['角色', 'Roles'], industry: ['行业分类', 'Industry class'], incidents: ['负面事件', 'Incidents'], choices: ['选择的路径', 'Choices'], tracks: ['其他赛道', 'Further tracks'],
};

/** Keys of an application in the order in which the form asks for them. */
export function inFormOrder(keys: string[]): string[] {
  const order = Object.keys(PARTS);
  return [...keys].sort((a, b) => order.indexOf(a) - order.indexOf(b));
}

export function useNames(): (pointer: string) => string {
  const lang = useLang();
  const indicators = useQuery(INDICATORS).data;
  const catalogue = useQuery(TRACKS).data;
  return (pointer) => {
    const parts = pointer.split('/').slice(1).filter((part) => part !== 'figures' && part !== 'years');
    return parts.map((part, i) => {
      const words = PARTS[`${parts[i - 1]}/${part}`] ?? PARTS[part] ?? SECTION[part] ?? FACT_KIND[part];
      if (words) return told(words, lang);
      const indicator = indicators?.indicators.find((one) => one.code === part);
      if (indicator) return told(indicator.name, lang);
      const veto = catalogue?.vetoes.find((one) => one.code === part);
      if (veto) return told(veto.name, lang);
      return /^\d{1,3}$/.test(part) ? `#${Number(part) + 1}` : part;
    }).join(' · ');
  };
}

const FEN = /_fen$|\/(revenue|main_revenue|high_tech_revenue|rd_expense|rd_expense_domestic|total_costs|net_profit|total_assets|total_liabilities|net_assets|tax_paid|local_purchase|equity_new|valuation)$/;

/** The name of a code of the rule set (a track, a title, a veto) or of one of the small lists. */
export function useCodes(): (code: string) => string {
  const lang = useLang();
  const catalogue = useQuery(TRACKS).data;
  return (code) => {
    const listed = catalogue && [...catalogue.tracks, ...catalogue.watch_list, ...catalogue.titles, ...catalogue.vetoes].find((one) => one.code === code);
    if (listed) return told(listed.name, lang);
    const words = LEVEL[code] ?? PROJECT_KIND[code] ?? PARTNER_ROLE[code] ?? TIER[code] ?? LANE[code] ?? RECHECK_OUTCOME[code] ?? OUTCOME[code] ?? POOL_ACCOUNT[code] ?? POOL_KIND[code];
    return words ? told(words, lang) : code;
  };
}

/** A value of a document as a person reads it. What stands in the pointer's last part tells amounts and rates from counts. */
export function usePlainly(): (value: unknown, at: string) => string {
  const lang = useLang();
  const english = lang === 'en';
  const names = useNames();
  const codes = useCodes();
  const plainly = (value: unknown, at: string): string => {
    if (value === null || value === undefined || value === '') return '—';
    if (typeof value === 'boolean') return value ? (english ? 'yes' : '是') : english ? 'no' : '否';
    if (typeof value === 'number') {
      if (FEN.test(at)) return `${yuanInFull(value)} ${english ? 'yuan' : '元'}`;
      if (/\/marks$/.test(at)) return marks(value);
      if (/_ppm$|\/niche_share$/.test(at)) return percent(value);
      return String(value);
    }
    if (Array.isArray(value)) return value.length === 0 ? (english ? 'none' : '无') : value.map((one) => plainly(one, at)).join('\n');
    if (typeof value === 'object') {
      if ('value' in value) return plainly(value.value, at);
      return Object.entries(value).filter(([key]) => !/_id$/.test(key)).map(([key, inner]) => `${names(`/${key}`)}${english ? ': ' : '：'}${plainly(inner, `${at}/${key}`)}`).join(english ? ', ' : '，');
    }
    const text = String(value);
    if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return day(text, lang);
    if (/^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/.test(text)) return moment(text, lang);
    return codes(text);
  };
  return plainly;
}
