import { useSuspenseQuery } from '@tanstack/react-query';
import { read, type Schemas } from './client';

export type Me = Schemas['MeView'];
export const meQuery = { ...read('/api/v1/me'), staleTime: 5 * 60_000 };

export function useMe(): Me {
  return useSuspenseQuery(meQuery).data;
}

/** Whether the caller's roles may ever do this. What may be done to one record now, the record says itself. */
export function useMay(): (action: string) => boolean {
  const me = useMe();
  return (action) => me.permitted_actions.includes(action);
}
