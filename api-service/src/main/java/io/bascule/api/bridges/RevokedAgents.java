package io.bascule.api.bridges;

import java.util.Collection;
import java.util.Set;
import java.util.UUID;

/** Which agents may not be connected any more, as the agents' feature knows it. */
public interface RevokedAgents {

    /** Those of the given ones that were revoked or never existed; none when that cannot be found out now. */
    Set<UUID> among(Collection<UUID> agents);
}
