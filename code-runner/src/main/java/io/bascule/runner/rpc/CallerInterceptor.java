package io.bascule.runner.rpc;

import io.bascule.service.identity.ServiceCaller;
import io.bascule.service.identity.ServiceTokenVerifier;
import io.bascule.service.problem.ProblemException;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lets the named services in by their token, and nobody else. */
final class CallerInterceptor implements ServerInterceptor {

    static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
    private static final String SCHEME = "Bearer ";

    private final ServiceTokenVerifier verifier;
    private final List<String> callers;

    CallerInterceptor(ServiceTokenVerifier verifier, List<String> callers) {
        this.verifier = verifier;
        this.callers = List.copyOf(callers);
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        Status refusal = check(headers.get(AUTHORIZATION));
        if (refusal.isOk()) {
            return next.startCall(call, headers);
        }
        call.close(refusal, new Metadata());
        return new ServerCall.Listener<>() {};
    }

    private Status check(@Nullable String authorization) {
        if (authorization == null || !authorization.startsWith(SCHEME)) {
            return Status.UNAUTHENTICATED.withDescription("send a service token as bearer token");
        }
        try {
            ServiceCaller caller = verifier.verify(authorization.substring(SCHEME.length()));
            return callers.contains(caller.service())
                    ? Status.OK
                    : Status.PERMISSION_DENIED.withDescription(
                            "%s may not run functions (expected: %s)".formatted(caller.service(), callers));
        } catch (ProblemException refused) {
            return Status.UNAUTHENTICATED.withDescription(refused.getMessage());
        }
    }
}
