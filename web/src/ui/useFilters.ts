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
      const { cursor: _, ...rest } = value;
      const next = { ...rest, [name]: to };
      if (to === undefined) delete next[name];
      go(next);
    },
    page: (cursor: string | undefined) => {
      const { cursor: _, ...rest } = value;
      go(cursor ? { ...rest, cursor } : rest);
    },
  };
}
