package io.bascule.bundles;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads {@code package-lock.json} of npm 7 and later (lockfileVersion 2 and 3): what is installed where, and its hash. */
public final class NpmLock {

    public static final String FILE = "package-lock.json";

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int MOST_PACKAGES = 2000;
    private static final Pattern PLACE =
            Pattern.compile("(node_modules/(@[a-z0-9~._-]+/)?[A-Za-z0-9~_-][A-Za-z0-9~._-]*)"
                    + "(/node_modules/(@[a-z0-9~._-]+/)?[A-Za-z0-9~_-][A-Za-z0-9~._-]*)*");

    private final String cpu;

    /** The name that npm has for the processor of this machine. */
    public static String processor() {
        return System.getProperty("os.arch").equals("aarch64") ? "arm64" : "x64";
    }

    /** For processors of that name: {@code x64} or {@code arm64}. */
    public NpmLock(String cpu) {
        this.cpu = cpu;
    }

    /** The packages that a function needs, those for development left out. */
    public List<NpmPackage> read(String text) throws InvalidBundleException {
        try (JsonParser parser = JSON.createParser(text)) {
            List<NpmPackage> packages = null;
            expect(parser, JsonToken.START_OBJECT);
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                boolean wanted = parser.currentName().equals("packages");
                parser.nextToken();
                if (wanted && parser.currentToken() == JsonToken.START_OBJECT) {
                    packages = packages(parser);
                } else {
                    parser.skipChildren();
                }
            }
            if (packages == null) {
                throw new InvalidBundleException(
                        FILE, 1, "it has no \"packages\": make it with npm 7 or later (lockfileVersion 2 or 3)");
            }
            return packages;
        } catch (JacksonException malformed) {
            throw InvalidBundleException.noJson(FILE, malformed);
        }
    }

    private List<NpmPackage> packages(JsonParser parser) throws InvalidBundleException {
        var packages = new ArrayList<NpmPackage>();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String place = parser.currentName();
            int line = parser.currentTokenLocation().getLineNr();
            parser.nextToken();
            JsonNode told = parser.readValueAsTree();
            if (!place.isEmpty()) {
                wanted(place, told, line).ifPresent(packages::add);
            }
            if (packages.size() > MOST_PACKAGES) {
                throw new InvalidBundleException(FILE, line, "more than %d packages".formatted(MOST_PACKAGES));
            }
        }
        return List.copyOf(packages);
    }

    private Optional<NpmPackage> wanted(String place, JsonNode told, int line) throws InvalidBundleException {
        String name = SafePath.shown(place);
        boolean optional = told.path("optional").asBoolean(false)
                || told.path("devOptional").asBoolean(false);
        if (told.path("dev").asBoolean(false) || told.path("inBundle").asBoolean(false)) {
            return Optional.empty();
        }
        if (told.path("link").asBoolean(false) || !PLACE.matcher(place).matches()) {
            throw new InvalidBundleException(
                    FILE,
                    line,
                    "%s is a workspace or a link: publish it, or put its files into the bundle".formatted(name));
        }
        if (!fits(told.path("os"), "linux") || !fits(told.path("cpu"), cpu)) {
            if (optional) {
                return Optional.empty();
            }
            throw new InvalidBundleException(FILE, line, "%s is not for linux on %s".formatted(name, cpu));
        }
        return Optional.of(new NpmPackage(place, resolved(name, told, line), integrity(name, told, line), line));
    }

    /** A list of names, or of those that it must not be ({@code !name}). */
    private static boolean fits(JsonNode names, String ours) {
        boolean listed = names.isEmpty();
        for (JsonNode name : names) {
            String one = name.asString("");
            if (one.equals("!" + ours)) {
                return false;
            }
            listed |= one.equals(ours) || one.equals("any") || one.startsWith("!");
        }
        return listed;
    }

    private static URI resolved(String name, JsonNode told, int line) throws InvalidBundleException {
        String text = told.path("resolved").asString("");
        try {
            URI uri = new URI(text);
            if (List.of("http", "https").contains(String.valueOf(uri.getScheme())) && uri.getHost() != null) {
                return uri;
            }
        } catch (URISyntaxException malformed) {
            throw new InvalidBundleException(FILE, line, "%s: \"resolved\" is no URL".formatted(name));
        }
        throw new InvalidBundleException(
                FILE,
                line,
                "%s comes from %s: packages come from a registry only, not from git or files"
                        .formatted(name, text.isEmpty() ? "nowhere" : SafePath.shown(text)));
    }

    private static Integrity integrity(String name, JsonNode told, int line) throws InvalidBundleException {
        return Integrity.parse(told.path("integrity").asString(""))
                .orElseThrow(() -> new InvalidBundleException(
                        FILE, line, "%s has no \"integrity\" of sha512, sha384 or sha256".formatted(name)));
    }

    private static void expect(JsonParser parser, JsonToken token) throws InvalidBundleException {
        if (parser.nextToken() != token) {
            throw new InvalidBundleException(FILE, 1, "it is no JSON object");
        }
    }
}
