package io.bascule.api.tunnels;

import io.bascule.api.caller.Role;
import io.bascule.api.naming.Labels;
import io.bascule.api.tunnels.AccessRule.Effect;
import java.util.List;

/**
 * The rules of a workspace. A matching denial wins over every allowance; where there are allowances, one has to match;
 * where there are none, whoever may open tunnels at all may open them to every resource.
 */
record AccessRules(List<AccessRule> rules) {

    AccessRules {
        rules = List.copyOf(rules);
    }

    boolean allow(Role caller, Labels resource) {
        boolean onlyWhatIsAllowed = rules.stream().anyMatch(rule -> rule.effect() == Effect.ALLOW);
        return !matched(Effect.DENY, caller, resource)
                && (!onlyWhatIsAllowed || matched(Effect.ALLOW, caller, resource));
    }

    private boolean matched(Effect effect, Role caller, Labels resource) {
        return rules.stream().anyMatch(rule -> rule.effect() == effect && rule.matches(caller, resource));
    }
}
