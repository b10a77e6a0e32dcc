// Who is signed in, and what their role is offered. The service decides; what it would refuse is not offered.
import { createContext, type ComponentChildren } from 'preact';
import { useContext } from 'preact/hooks';
import { api, type Me, type Role } from './api/client';
import { useLive } from './hooks';
import { Waiting } from './notices';
import { tellTimesIn } from './words';

export const roles = ['viewer', 'analyst', 'editor', 'admin'] as const satisfies readonly Role[];

/** What a role may do beyond the one before it. */
export const roleWords: Record<Role, string> = {
  viewer: 'viewer: reads reports and settings',
  analyst: 'analyst: also takes reports away, decides, shares, tries out',
  editor: 'editor: also changes experiments, flags, metrics, segments',
  admin: 'admin: also people, keys, erasure and retention',
};

export const isAtLeast = (mine: Role, least: Role): boolean => roles.indexOf(mine) >= roles.indexOf(least);

const Mine = createContext<Me | undefined>(undefined);

export const useMe = (): Me => useContext(Mine)!;
export const useMay = (least: Role): boolean => isAtLeast(useMe().role, least);

/** Asks who it is, and by which clock times are told, before anything is offered. */
export function SignedIn({ children }: { children: ComponentChildren }) {
  const live = useLive(async () => {
    const [me, { time_zone }] = await Promise.all([api.me(), api.environment()]);
    tellTimesIn(time_zone);
    return me;
  }, 'me');
  if (!live.value) return <Waiting problem={live.problem} />;
  return <Mine.Provider value={live.value}>{children}</Mine.Provider>;
}

/** What takes a role, or why it is not there. */
export function Needs({ role, what, children }: { role: Role; what: string; children: ComponentChildren }) {
  const me = useMe();
  if (isAtLeast(me.role, role)) return <>{children}</>;
  return <p class="soft needs">{what} takes the role {role}; yours is {me.role}.</p>;
}
