import { useSession } from "../session/useSession";

/** The platform shows figures of the whole of it here alone: nothing of a workspace may be countable from another. */
export const HOME_WORKSPACE = "default";

/** Whether this session is shown figures of the whole platform; elsewhere they are not there, or refused. */
export function useSeesPlatform(): boolean {
  return useSession().workspace.name === HOME_WORKSPACE;
}
