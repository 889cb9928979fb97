import { Link } from '@tanstack/react-router';
import { asProblem } from '../api/problem';
import { Empty, Page, ProblemNote } from '../ui/basics';
import { useSay } from '../words/say';

export function Missing() {
  const say = useSay();
  return (
    <Page title={say('没有这个页面', 'There is no such page')} narrow>
      <Empty action={<Link to="/">{say('回到首页', 'To the start')}</Link>}>
        {say('地址可能有误，或者这条记录不在您的范围内。', 'The address may be wrong, or the record is not within your reach.')}
      </Empty>
    </Page>
  );
}

export function PageProblem({ error, retry }: { error: unknown; retry: () => void }) {
  const say = useSay();
  const problem = asProblem(error);
  if (problem.status === 404) return <Missing />;
  return (
    <Page title={say('这个页面没能打开', 'This page could not be opened')} narrow>
      <ProblemNote problem={problem} retry={retry} />
      <p><Link to="/">{say('回到首页', 'To the start')}</Link></p>
    </Page>
  );
}
