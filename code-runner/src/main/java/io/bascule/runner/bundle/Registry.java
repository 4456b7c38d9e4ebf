package io.bascule.runner.bundle;

import io.bascule.bundles.Integrity;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Fetches files of packages until a certain time. It follows no redirect: a registry that moved is the operator's to name. */
final class Registry implements AutoCloseable {

    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration ANSWER = Duration.ofSeconds(30);

    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(CONNECT)
            .followRedirects(Redirect.NEVER)
            .build();
    private final InstantSource clock;

    Registry(InstantSource clock) {
        this.clock = clock;
    }

    /** Reads from an open answer. */
    interface Reader<T> {

        T read(InputStream content) throws IOException;
    }

    /** Fetches a file that has this hash; what else comes is not kept. */
    void fetch(URI from, Integrity integrity, long mostBytes, Path to, Instant until)
            throws BundleUnavailableException, InterruptedException, UnusableFileException {
        MessageDigest digest = integrity.newDigest();
        try {
            ask(from, "*/*", until, content -> {
                try (OutputStream out = new DigestOutputStream(Files.newOutputStream(to), digest)) {
                    return new BoundedInput(content, mostBytes).transferTo(out);
                }
            });
        } catch (BundleUnavailableException away) {
            if (away.getCause() instanceof BoundedInput.TooLargeException) {
                throw new UnusableFileException("what came from %s has more than %d bytes".formatted(from, mostBytes));
            }
            throw away;
        }
        if (!integrity.isOf(digest)) {
            throw new UnusableFileException("what came from %s has another hash".formatted(from));
        }
    }

    /** Asks and reads the answer; both have to be done in time. */
    <T> T ask(URI from, String accept, Instant until, Reader<T> reader)
            throws BundleUnavailableException, InterruptedException {
        var answer = new FutureTask<>(() -> read(from, accept, reader));
        Thread.ofVirtual().name("fetch-package").start(answer);
        try {
            return answer.get(Duration.between(clock.instant(), until).toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException late) {
            throw new BundleUnavailableException("%s could not be fetched in time".formatted(from), late);
        } catch (ExecutionException failure) {
            Throwable cause = failure.getCause();
            throw new BundleUnavailableException(
                    "%s could not be fetched: %s".formatted(from, cause == null ? failure : cause.getMessage()), cause);
        } finally {
            answer.cancel(true);
        }
    }

    private <T> T read(URI from, String accept, Reader<T> reader) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(from)
                .timeout(ANSWER)
                .header("Accept", accept)
                .build();
        HttpResponse<InputStream> answer = http.send(request, BodyHandlers.ofInputStream());
        try (InputStream content = answer.body()) {
            if (answer.statusCode() != 200) {
                throw new IOException("the registry answers " + answer.statusCode());
            }
            return reader.read(content);
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }

    /** What came is not what the lock file names, or more than may come. */
    static final class UnusableFileException extends Exception {

        private static final long serialVersionUID = 1L;

        UnusableFileException(String message) {
            super(message);
        }
    }
}
