package io.bascule.api.identity;

import io.bascule.api.caller.Caller;
import io.bascule.api.caller.CallerProblem;
import io.bascule.api.caller.RequestOrigin;
import io.bascule.service.problem.ProblemException;
import io.bascule.service.trace.TraceId;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.MethodParameter;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Gives controllers the {@link Caller} or, where nobody need be signed in, the {@link RequestOrigin}. */
@Configuration(proxyBeanMethods = false)
class CallerArguments implements WebMvcConfigurer, HandlerMethodArgumentResolver {

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(this);
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        Class<?> type = parameter.getParameterType();
        return type == Caller.class || type == RequestOrigin.class;
    }

    @Override
    public Object resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest webRequest,
            @Nullable WebDataBinderFactory binders) {
        RequestOrigin origin = origin(webRequest);
        if (parameter.getParameterType() == RequestOrigin.class) {
            return origin;
        }
        if (SecurityContextHolder.getContext().getAuthentication() instanceof SignedIn signedIn) {
            return signedIn.getPrincipal().from(origin);
        }
        throw new ProblemException(CallerProblem.SIGN_IN_REQUIRED, "Sign in with POST /api/v1/session or send a token");
    }

    private static RequestOrigin origin(NativeWebRequest webRequest) {
        HttpServletRequest request = webRequest.getNativeRequest(HttpServletRequest.class);
        String address = request == null ? "" : request.getRemoteAddr();
        return new RequestOrigin(address, TraceId.current().orElse(""));
    }
}
