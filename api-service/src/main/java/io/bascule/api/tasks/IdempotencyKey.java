package io.bascule.api.tasks;

import io.bascule.service.problem.ProblemException;
import io.bascule.tasks.NewTask.Idempotency;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Reads the header {@code Idempotency-Key}. */
final class IdempotencyKey {

    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,255}");
    private static final int LONGEST_OF_BATCH = 250;

    private IdempotencyKey() {}

    /** The key with the hash of the request it stands for; null if the caller sent none. */
    static @Nullable Idempotency of(@Nullable String header, TaskRequest request) {
        if (header == null) {
            return null;
        }
        if (!KEY.matcher(header).matches()) {
            throw new ProblemException(
                    TaskProblem.IDEMPOTENCY_KEY_INVALID,
                    "Idempotency-Key: expected 1 to 255 visible ASCII characters, such as a random UUID");
        }
        return new Idempotency(header, hash(request));
    }

    /** The key of one item of a batch: no single request can have it, for it has a space. All items stand for the whole batch. */
    static List<@Nullable Idempotency> of(@Nullable String header, BatchRequest request) {
        int items = request.items().size();
        if (header == null) {
            return Collections.nCopies(items, null);
        }
        if (!KEY.matcher(header).matches() || header.length() > LONGEST_OF_BATCH) {
            throw new ProblemException(
                    TaskProblem.IDEMPOTENCY_KEY_INVALID,
                    "Idempotency-Key: expected 1 to %d visible ASCII characters, such as a random UUID"
                            .formatted(LONGEST_OF_BATCH));
        }
        String hash = hash(request);
        return IntStream.range(0, items)
                .<@Nullable Idempotency>mapToObj(item -> new Idempotency(header + " " + item, hash))
                .toList();
    }

    private static String hash(Object request) {
        try {
            byte[] content = JsonMapper.shared().writeValueAsBytes(request);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException(missing);
        }
    }
}
