package io.bascule.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Objects;
import org.gaul.s3proxy.junit.S3ProxyExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** Against a server that speaks S3 over HTTP, with signed requests. */
class S3StorageTests extends ObjectStorageContract {

    private static final String BUCKET = "bascule";
    private static final String ID = "the-id";
    private static final String SECRET = "the-secret-of-it";

    @RegisterExtension
    private final S3ProxyExtension server =
            S3ProxyExtension.builder().withCredentials(ID, SECRET).build();

    private ObjectStorage storage;

    @BeforeEach
    void open() {
        try (S3Client client = client()) {
            client.createBucket(bucket -> bucket.bucket(BUCKET));
        }
        storage = S3Storage.open(place(uri(), "", SECRET));
    }

    @AfterEach
    void close() {
        storage.close();
    }

    /** Somebody else's. */
    private S3Client client() {
        return S3Client.builder()
                .endpointOverride(uri())
                .forcePathStyle(true)
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(ID, SECRET)))
                .httpClient(UrlConnectionHttpClient.create())
                .build();
    }

    @Override
    void putForeign(String name) {
        try (S3Client client = client()) {
            client.putObject(request -> request.bucket(BUCKET).key(name), RequestBody.fromString("not ours"));
        }
    }

    @Override
    ObjectStorage storage() {
        return storage;
    }

    @Test
    void aBucketCanBeSharedByAPrefix() {
        try (ObjectStorage ours = S3Storage.open(place(uri(), "prod/bascule/", SECRET))) {
            ours.put(key("a"), bytes("ours"));

            assertThat(storage.get(key("a"))).isEmpty();
            assertThat(text("prod/bascule/a")).isEqualTo("ours");
            assertThat(ours.list("", null, 10)).containsExactly(key("a"));
        }
    }

    @Test
    void aRefusalSaysWhichCallAndNoSecret() {
        try (ObjectStorage wrong = S3Storage.open(place(uri(), "", "a-wrong-secret-key"))) {
            assertThatThrownBy(() -> wrong.put(key("a/b"), bytes("x")))
                    .isInstanceOf(StorageException.class)
                    .hasMessageContaining("put of a/b failed")
                    .hasMessageNotContaining("a-wrong-secret-key");
        }
    }

    @Test
    void aServiceThatIsAwayIsNoMissingObject() {
        try (ObjectStorage nobody = S3Storage.open(place(URI.create("http://127.0.0.1:1"), "", "x"))) {
            assertThatThrownBy(() -> nobody.get(key("a"))).isInstanceOf(StorageException.class);
        }
    }

    private URI uri() {
        return Objects.requireNonNull(server.getUri());
    }

    private static S3Place place(URI endpoint, String prefix, String secret) {
        return new S3Place(endpoint, "us-east-1", BUCKET, prefix, true, ID, secret);
    }
}
