import { useQuery } from '@tanstack/react-query';
import { read } from '../../api/client';
import { useMay } from '../../api/me';
import { ImportPage } from '../enterprises/Import';
import { useSay } from '../../words/say';
import { useState } from 'react';

export function LoanImport() {
  const say = useSay();
  const may = useMay();
  const banks = useQuery({ ...read('/api/v1/banks'), enabled: may('bank.list') }).data?.items ?? [];
  const [bank, setBank] = useState('');
  const chosen = bank || (banks.length === 1 ? banks[0]?.id ?? '' : '');
  return (
    <ImportPage title={say('批量导入贷款', 'Import loans')} href="/api/v1/loans/imports" query={chosen ? `&bank_id=${chosen}` : ''} skippable={false}
      hint={say('首行为列名，与银行台账一致', 'The first row names the columns as in the bank’s ledger')}>
      {banks.length > 1 && (
        <div className="field"><label htmlFor="import-bank">{say('银行', 'Bank')}</label>
          <select id="import-bank" className="input" value={bank} onChange={(e) => setBank(e.target.value)}><option value="">{say('请选择', 'Choose')}</option>{banks.map((one) => <option key={one.id} value={one.id}>{one.name}</option>)}</select></div>
      )}
    </ImportPage>
  );
}
