package io.bascule.api.identity.sessions;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.serializer.RedisSerializer;
import org.springframework.session.MapSession;
import org.springframework.session.config.SessionRepositoryCustomizer;
import org.springframework.session.data.redis.RedisSessionMapper;
import org.springframework.session.data.redis.RedisSessionRepository;
import org.springframework.session.data.redis.config.annotation.web.http.EnableRedisHttpSession;
import org.springframework.session.web.http.CookieSerializer;
import org.springframework.session.web.http.DefaultCookieSerializer;

/** Browser sessions in Redis: twelve hours of idleness end them, a restart of the service does not. */
@Configuration(proxyBeanMethods = false)
@EnableRedisHttpSession(
        maxInactiveIntervalInSeconds = SessionConfiguration.IDLE_SECONDS,
        redisNamespace = "bascule:session")
class SessionConfiguration {

    static final int IDLE_SECONDS = 12 * 60 * 60;

    @Bean
    RedisSerializer<Object> springSessionDefaultRedisSerializer() {
        return new SessionValueSerializer();
    }

    @Bean
    CookieSerializer cookieSerializer() {
        var cookie = new DefaultCookieSerializer();
        cookie.setCookieName(BrowserSession.COOKIE);
        cookie.setUseHttpOnlyCookie(true);
        cookie.setSameSite("Lax");
        return cookie;
    }

    @Bean
    SessionRepositoryCustomizer<RedisSessionRepository> wholeSessionsOnly() {
        return repository -> repository.setRedisSessionMapper(SessionConfiguration::whole);
    }

    /** A request that writes its time of use just after another one has ended the session leaves that alone: it is no session. */
    private static @Nullable MapSession whole(String id, Map<String, Object> entries) {
        try {
            return new RedisSessionMapper().apply(id, entries);
        } catch (IllegalStateException notWhole) {
            return null;
        }
    }
}
