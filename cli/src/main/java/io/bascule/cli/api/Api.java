package io.bascule.cli.api;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Sends calls with the token of a login; what is not a success is thrown as {@link CommandFailure}. */
public final class Api {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int MOST_FAILURES = 60;

    private final HttpClient client;
    private final CookieManager cookies = new CookieManager();
    private final String url;
    private final String token;

    private Api(String url, String token) {
        this.url = url;
        this.token = token;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(10))
                .cookieHandler(cookies)
                .build();
    }

    /** For whom this environment, or else the login file, names. */
    public static Api signedIn(Map<String, String> environment) {
        return of(new LoginFile(environment).require());
    }

    public static Api of(Login login) {
        return new Api(login.url(), login.token());
    }

    /** Nobody yet: for signing in, after which the cookie says who calls. */
    public static Api anonymous(String url) {
        return new Api(url.replaceAll("/+$", ""), "");
    }

    public Answer send(Call call) {
        HttpResponse<String> response = exchange(request(call), BodyHandlers.ofString());
        JsonNode body = parse(response.statusCode(), response.body());
        if (response.statusCode() >= 400) {
            throw Problem.failure(response.statusCode(), body);
        }
        return new Answer(response.statusCode(), body, response.headers());
    }

    /** Removes what stands at a path, if nobody changes it meanwhile. */
    public void remove(String path) {
        Answer found = send(Call.get(path));
        send(Call.delete(path).with("If-Match", found.entityTag()));
    }

    /**
     * Follows a stream of events until the listener wants no more, which it says by {@code false}. A stream that breaks or
     * ends early is opened again after the last event that had an id.
     */
    public void follow(Call call, Predicate<ServerEvent> listener) {
        var lastId = new AtomicReference<>("");
        int failures = -1;
        while (true) {
            Call from = lastId.get().isEmpty() ? call : call.with("Last-Event-ID", lastId.get());
            try (Stream<String> lines = open(from)) {
                failures = 0;
                if (EventLines.read(lines, event -> heard(event, lastId, listener))) {
                    return;
                }
            } catch (UncheckedIOException _) {
                // It broke in the middle, and is made again as when it ended early.
            } catch (CommandFailure away) {
                boolean first = failures < 0;
                if (first || isFinal(away) || ++failures > MOST_FAILURES) {
                    throw away;
                }
            }
            pause(failures);
        }
    }

    /** Whether asking again cannot help, such as after a token was revoked. */
    private static boolean isFinal(CommandFailure refused) {
        return switch (refused.exitCode()) {
            case ExitCode.NOT_ALLOWED, ExitCode.NOT_FOUND, ExitCode.CONFLICT -> true;
            default -> false;
        };
    }

    private static boolean heard(ServerEvent event, AtomicReference<String> lastId, Predicate<ServerEvent> listener) {
        if (event.id() != null) {
            lastId.set(event.id());
        }
        return listener.test(event);
    }

    private Stream<String> open(Call call) {
        HttpRequest request = HttpRequest.newBuilder(request(call), (_, _) -> true)
                .setHeader("Accept", "text/event-stream")
                .build();
        HttpResponse<Stream<String>> response = exchange(request, BodyHandlers.ofLines());
        if (response.statusCode() >= 400) {
            try (Stream<String> body = response.body()) {
                throw Problem.failure(
                        response.statusCode(), parse(response.statusCode(), body.collect(Collectors.joining("\n"))));
            }
        }
        return response.body();
    }

    private static void pause(int failures) {
        try {
            Thread.sleep(Duration.ofSeconds(Math.min(10, 1 + failures)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure(ExitCode.FAILED, "Interrupted", e);
        }
    }

    private HttpRequest request(Call call) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address(call)).timeout(call.timeout());
        call.headers().forEach(request::header);
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        cookies.getCookieStore().getCookies().stream()
                .filter(cookie -> cookie.getName().equals("XSRF-TOKEN"))
                .forEach(cookie -> request.header("X-XSRF-TOKEN", cookie.getValue()));
        if (call.body() == null) {
            return request.method(call.method(), BodyPublishers.noBody()).build();
        }
        return request.header("Content-Type", "application/json")
                .method(call.method(), BodyPublishers.ofString(JSON.writeValueAsString(call.body())))
                .build();
    }

    private URI address(Call call) {
        try {
            URI address = URI.create(url + "/api/v1" + call.path());
            if (address.getHost() != null
                    && address.getScheme() != null
                    && address.getScheme().startsWith("http")) {
                return address;
            }
        } catch (IllegalArgumentException _) {
            // Said below, in the same words as for an address without a host.
        }
        throw new CommandFailure(
                ExitCode.USAGE,
                "%s is no address of Bascule (expected: such as https://bascule.example.org)".formatted(url));
    }

    private <T> HttpResponse<T> exchange(HttpRequest request, HttpResponse.BodyHandler<T> body) {
        try {
            return client.send(request, body);
        } catch (HttpTimeoutException e) {
            throw new CommandFailure(ExitCode.TIMED_OUT, "%s did not answer in time".formatted(url), e);
        } catch (ConnectException e) {
            throw new CommandFailure(
                    ExitCode.FAILED,
                    "%s cannot be reached: is it running, and is the address right?".formatted(url),
                    e);
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.FAILED, "The connection to %s broke: %s".formatted(url, e.getMessage()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure(ExitCode.FAILED, "Interrupted", e);
        }
    }

    private JsonNode parse(int status, String body) {
        if (body.isBlank()) {
            return JSON.createObjectNode();
        }
        try {
            return JSON.readTree(body);
        } catch (JacksonException e) {
            throw new CommandFailure(
                    ExitCode.ofStatus(status),
                    "%s answered %d with something that is not JSON: is this the address of Bascule?"
                            .formatted(url, status),
                    e);
        }
    }
}
