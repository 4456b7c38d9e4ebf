package io.bascule.api.identity;

import io.bascule.api.identity.users.Membership;
import java.util.List;
import org.springframework.security.authentication.AbstractAuthenticationToken;

/** The caller in Spring Security's terms. It has no authorities: roles are checked with {@code Caller.require}. */
final class SignedIn extends AbstractAuthenticationToken {

    private final transient Membership member;

    SignedIn(Membership member) {
        super(List.of());
        this.member = member;
        setAuthenticated(true);
    }

    @Override
    public Membership getPrincipal() {
        return member;
    }

    @Override
    public String getCredentials() {
        return "";
    }

    @Override
    public String getName() {
        return member.username();
    }
}
