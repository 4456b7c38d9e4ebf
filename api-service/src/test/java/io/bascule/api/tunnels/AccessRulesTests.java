package io.bascule.api.tunnels;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.api.caller.Role;
import io.bascule.api.naming.Labels;
import io.bascule.api.tunnels.AccessRule.Effect;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AccessRulesTests {

    private static final Labels PROD = new Labels(Map.of("env", "prod", "team", "data"));
    private static final Labels TEST = new Labels(Map.of("env", "test"));

    @Test
    void withoutRulesEveryResourceIsOpen() {
        assertThat(rules().allow(Role.OPERATOR, PROD)).isTrue();
    }

    @Test
    void oneAllowanceClosesWhatItDoesNotName() {
        AccessRules rules = rules(allow(Role.OPERATOR, Map.of("env", "test")));

        assertThat(rules.allow(Role.OPERATOR, TEST)).isTrue();
        assertThat(rules.allow(Role.OPERATOR, PROD)).isFalse();
        assertThat(rules.allow(Role.OWNER, PROD)).isFalse();
    }

    @Test
    void anAllowanceHoldsForHigherRolesToo() {
        AccessRules rules = rules(allow(Role.ADMIN, Map.of()));

        assertThat(rules.allow(Role.OWNER, PROD)).isTrue();
        assertThat(rules.allow(Role.ADMIN, PROD)).isTrue();
        assertThat(rules.allow(Role.OPERATOR, PROD)).isFalse();
    }

    @Test
    void aDenialHoldsForLowerRolesToo() {
        AccessRules rules = rules(deny(Role.ADMIN, Map.of("env", "prod")));

        assertThat(rules.allow(Role.OPERATOR, PROD)).isFalse();
        assertThat(rules.allow(Role.ADMIN, PROD)).isFalse();
        assertThat(rules.allow(Role.OWNER, PROD)).isTrue();
        assertThat(rules.allow(Role.OPERATOR, TEST)).isTrue();
    }

    @Test
    void aDenialWinsOverAnAllowanceInAnyOrder() {
        AccessRule allowance = allow(Role.OPERATOR, Map.of("team", "data"));
        AccessRule denial = deny(Role.OPERATOR, Map.of("env", "prod"));

        assertThat(rules(allowance, denial).allow(Role.OPERATOR, PROD)).isFalse();
        assertThat(rules(denial, allowance).allow(Role.OPERATOR, PROD)).isFalse();
    }

    @Test
    void allLabelsOfARuleHaveToMatch() {
        AccessRules rules = rules(allow(Role.OPERATOR, Map.of("env", "prod", "team", "billing")));

        assertThat(rules.allow(Role.OPERATOR, PROD)).isFalse();
    }

    private static AccessRules rules(AccessRule... rules) {
        return new AccessRules(List.of(rules));
    }

    private static AccessRule allow(Role role, Map<String, String> labels) {
        return new AccessRule(Effect.ALLOW, role, new Labels(labels));
    }

    private static AccessRule deny(Role role, Map<String, String> labels) {
        return new AccessRule(Effect.DENY, role, new Labels(labels));
    }
}
