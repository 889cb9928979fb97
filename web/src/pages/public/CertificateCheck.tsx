import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Alert, Button } from 'antd';
import { useState } from 'react';
import { read } from '../../api/client';
import { asProblem } from '../../api/problem';
import { FormArea } from '../../form/context';
import { TextField } from '../../form/fields';
import { Day, Facts, Page, Panel, ProblemNote, State } from '../../ui/basics';
import { label, MEMBERSHIP_STATE, TIER } from '../../words/labels';
import { useLang, useSay } from '../../words/say';

export function CertificateCheck() {
  const say = useSay();
  const lang = useLang();
  const navigate = useNavigate();
  const { number } = useSearch({ strict: false });
  const [typed, setTyped] = useState<{ number?: string }>(number ? { number } : {});
  const query = useQuery({ ...read('/api/v1/public/certificates/{number}', { params: { path: { number: number ?? '' } } }), enabled: !!number });
  const certificate = query.data;
  return (
    <Page title={say('证书查验', 'Check a certificate')} narrow lead={say('输入证书编号，核对企业、类别和有效期。', 'Enter the number to see whose it is, for which tier, and whether it is valid.')}>
      <Panel>
        <FormArea value={typed} onChange={setTyped}>
          <form onSubmit={(e) => { e.preventDefault(); void navigate({ to: '/certificates', search: typed.number ? { number: typed.number.trim() } : {} }); }}>
            <TextField at="/number" label={say('证书编号', 'Certificate number')} hint={say('例如：LS-WLZX-2026-0001', 'For example: LS-WLZX-2026-0001')} required />
            <Button type="primary" htmlType="submit" loading={query.isFetching}>{say('查验', 'Check')}</Button>
          </form>
        </FormArea>
      </Panel>
      {number && query.error && (asProblem(query.error).status === 404
        ? <Alert type="warning" showIcon role="alert" title={say('没有这个编号的证书。', 'There is no certificate with this number.')} />
        : <ProblemNote problem={query.error} />)}
      {certificate && (
        <Panel title={certificate.enterprise_name}>
          <Alert type={certificate.valid ? 'success' : 'warning'} showIcon title={certificate.valid ? say('证书有效', 'The certificate is valid') : say('证书已不再有效', 'The certificate is no longer valid')} />
          <br />
          <Facts rows={[
            [say('证书编号', 'Number'), <code key="n">{certificate.number}</code>],
            [say('类别', 'Tier'), label(TIER, certificate.tier, lang)],
            [say('状态', 'State'), <State key="s" of={certificate.state} table={MEMBERSHIP_STATE} />],
            [say('有效期自', 'From'), <Day key="f" on={certificate.valid_from} />],
            [say('有效期至', 'To'), <Day key="t" on={certificate.valid_to} />],
          ]} />
        </Panel>
      )}
    </Page>
  );
}
