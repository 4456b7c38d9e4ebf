package io.bascule.api.tunnels;

import io.bascule.api.caller.Role;
import io.bascule.api.naming.Labels;

/**
 * Who may, or may not, open tunnels to resources with certain labels.
 *
 * @param role an allowance is for this role and those above it, a denial for this role and those below it
 * @param labels which resources: those that have all of these; none means every resource
 */
record AccessRule(Effect effect, Role role, Labels labels) {

    /** What a matching rule does. */
    enum Effect {
        ALLOW,
        DENY
    }

    boolean matches(Role caller, Labels resource) {
        boolean about = switch (effect) {
            case ALLOW -> caller.includes(role);
            case DENY -> role.includes(caller);
        };
        return about && resource.include(labels);
    }
}
