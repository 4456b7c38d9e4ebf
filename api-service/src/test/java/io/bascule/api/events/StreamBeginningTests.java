package io.bascule.api.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.bascule.api.ApiTest;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;
import org.springframework.core.MethodParameter;
import org.springframework.http.converter.StringHttpMessageConverter;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.web.context.request.async.StandardServletAsyncWebRequest;
import org.springframework.web.context.request.async.WebAsyncUtils;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyEmitterReturnValueHandler;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** Who commits the response stores the session as well, and the request's thread does that, too: both at once fail. */
@ApiTest
class StreamBeginningTests {

    private final StreamEvents streams;

    StreamBeginningTests(StreamEvents streams) {
        this.streams = streams;
    }

    @RepeatedTest(100)
    void itIsTheRequestsThreadThatCommitsTheResponse() throws Exception {
        AtomicReference<@Nullable Thread> committer = new AtomicReference<>();
        var response = new MockHttpServletResponse() {
            @Override
            public void flushBuffer() {
                committer.compareAndSet(null, Thread.currentThread());
                super.flushBuffer();
            }
        };
        var request = new MockHttpServletRequest();
        request.setAsyncSupported(true);
        var exchange = new StandardServletAsyncWebRequest(request, response);
        WebAsyncUtils.getAsyncManager(exchange).setAsyncWebRequest(exchange);
        var handler = new ResponseBodyEmitterReturnValueHandler(List.of(new StringHttpMessageConverter()));
        var returned = new MethodParameter(StreamEvents.class.getDeclaredMethod("to", UUID.class, Optional.class), -1);

        SseEmitter emitter = streams.to(UUID.randomUUID(), Optional.empty());
        handler.handleReturnValue(emitter, returned, new ModelAndViewContainer(), exchange);

        assertThat(committer).hasValue(Thread.currentThread());
        emitter.completeWithError(new IllegalStateException("the client has gone"));
    }
}
