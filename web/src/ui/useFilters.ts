import { useNavigate, useSearch } from '@tanstack/react-router';
import type { Search } from '../router';

/** The filters of a list, as they stand in the address. Another filter begins at the first page. */
export function useFilters() {
  const value = useSearch({ strict: false }) as Search;
  const navigate = useNavigate();
  const go = (next: Search) => void navigate({ to: '.', search: next as never });
  return {
    value,
    set: (name: string, to: string | undefined) => {
      if (name === '*') return go({});
      const next = { ...value, [name]: to };
      delete next.cursor;
      if (to === undefined) delete next[name];
      go(next);
    },
    page: (cursor: string | undefined) => {
      const next = { ...value };
      delete next.cursor;
      go(cursor ? { ...next, cursor } : next);
    },
  };
}
