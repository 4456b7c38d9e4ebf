package io.bascule.runner.bundle;

import io.bascule.bundles.Integrity;
import io.bascule.bundles.PipPackage;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A simple index of Python packages, as JSON (PEP 691). */
final class PackageIndex {

    private static final String JSON_FORM = "application/vnd.pypi.simple.v1+json";
    private static final String PUBLIC_FILES = "files.pythonhosted.org";
    private static final long LARGEST = 64L * 1024 * 1024;
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Registry registry;
    private final URI base;

    PackageIndex(Registry registry, URI base) {
        this.registry = registry;
        this.base = base;
    }

    /** A file of a package. */
    record Listed(String name, URI source, Integrity integrity) {}

    /** The files of a package that have one of its hashes. */
    List<Listed> files(PipPackage wanted, Instant until) throws BundleUnavailableException, InterruptedException {
        URI page = URI.create(base.toString().replaceAll("/+$", "") + "/" + wanted.name() + "/");
        return registry.ask(page, JSON_FORM, until, content -> read(page, content, wanted));
    }

    /** One file after the other: the page of a popular package is large. */
    private static List<Listed> read(URI page, InputStream content, PipPackage wanted) throws IOException {
        var files = new ArrayList<Listed>();
        try (JsonParser parser = JSON.createParser(new BoundedInput(content, LARGEST))) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                boolean list = parser.currentName().equals("files");
                parser.nextToken();
                if (!list) {
                    parser.skipChildren();
                    continue;
                }
                while (parser.nextToken() == JsonToken.START_OBJECT) {
                    JsonNode file = parser.readValueAsTree();
                    listed(page, file, wanted).ifPresent(files::add);
                }
            }
            return List.copyOf(files);
        } catch (JacksonException malformed) {
            throw new IOException("the index does not answer as JSON (PEP 691)", malformed);
        }
    }

    private static Optional<Listed> listed(URI page, JsonNode file, PipPackage wanted) {
        String sha256 = file.path("hashes").path("sha256").asString("");
        return wanted.files().stream()
                .filter(integrity -> integrity.digest().equals(sha256))
                .findFirst()
                .flatMap(integrity -> source(page, file.path("url").asString(""))
                        .map(source -> new Listed(file.path("filename").asString(""), source, integrity)));
    }

    /** Where the index itself is; that of the public one keeps its files elsewhere. */
    private static Optional<URI> source(URI page, String url) {
        try {
            URI source = page.resolve(url);
            boolean same = String.valueOf(source.getAuthority()).equals(page.getAuthority());
            boolean publics = "pypi.org".equals(page.getHost())
                    && "https".equals(source.getScheme())
                    && PUBLIC_FILES.equals(source.getHost());
            return same || publics ? Optional.of(source) : Optional.empty();
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }
}
