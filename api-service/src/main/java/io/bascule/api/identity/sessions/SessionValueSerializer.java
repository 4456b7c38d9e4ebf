package io.bascule.api.identity.sessions;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.data.redis.serializer.RedisSerializer;
import org.springframework.data.redis.serializer.SerializationException;

/**
 * Text and whole numbers, each as one letter for its type and its digits or characters. Anything else is refused when it
 * is written, so that no version of this service leaves something in a session that another cannot read.
 */
final class SessionValueSerializer implements RedisSerializer<Object> {

    @Override
    public byte[] serialize(@Nullable Object value) {
        String text = switch (value) {
            case null -> "";
            case String string -> "s" + string;
            case Long number -> "l" + number;
            case Integer number -> "i" + number;
            default ->
                throw new SerializationException("a session takes text and whole numbers only, not "
                        + value.getClass().getName());
        };
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public @Nullable Object deserialize(byte @Nullable [] bytes) {
        if (bytes == null || bytes.length == 0) {
            return null;
        }
        String value = new String(bytes, 1, bytes.length - 1, StandardCharsets.UTF_8);
        return switch (bytes[0]) {
            case 's' -> value;
            case 'l' -> Long.valueOf(value);
            case 'i' -> Integer.valueOf(value);
            default -> throw new SerializationException("not a session value: type " + (char) bytes[0]);
        };
    }
}
