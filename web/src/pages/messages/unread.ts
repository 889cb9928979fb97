import { queries, read, write } from '../../api/client';

/** How many messages wait to be read: asked for beside the page, and again every minute. */
export const UNREAD = { ...read('/api/v1/messages/unread-count'), staleTime: 30_000, retry: false };

/** What is shown of the inbox, wherever it is shown. */
export function refreshInbox(): Promise<void> {
  return queries.invalidateQueries({ predicate: (query) => String(query.queryKey[0]).startsWith('/api/v1/messages') });
}

export async function markRead(id: string): Promise<void> {
  await write({ method: 'POST', href: `/api/v1/messages/${id}/reading` });
  await refreshInbox();
}
