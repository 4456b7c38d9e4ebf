package io.bascule.storage;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Objects in a bucket of a service that speaks S3: Amazon's, another cloud's, or one's own. The bucket must be there. */
public final class S3Storage implements ObjectStorage {

    private static final Duration CONNECT = Duration.ofSeconds(3);
    private static final Duration ATTEMPT = Duration.ofSeconds(20);
    private static final Duration CALL = Duration.ofSeconds(45);

    private final S3Client client;
    private final String bucket;
    private final String prefix;

    /** @param prefix put before every key, so that a bucket can be shared; empty, or ending in a slash */
    private S3Storage(S3Client client, String bucket, String prefix) {
        this.client = client;
        this.bucket = bucket;
        this.prefix = prefix;
    }

    public static S3Storage open(S3Place place) {
        S3ClientBuilder client = S3Client.builder()
                .region(Region.of(place.region()))
                .forcePathStyle(place.pathStyle())
                .credentialsProvider(credentials(place))
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .httpClientBuilder(UrlConnectionHttpClient.builder().connectionTimeout(CONNECT))
                .overrideConfiguration(
                        limits -> limits.apiCallAttemptTimeout(ATTEMPT).apiCallTimeout(CALL));
        URI endpoint = place.endpoint();
        if (endpoint != null) {
            client.endpointOverride(endpoint);
        }
        return new S3Storage(client.build(), place.bucket(), place.prefix());
    }

    private static AwsCredentialsProvider credentials(S3Place place) {
        String id = place.accessKey();
        String secret = place.secretKey();
        return id == null || secret == null
                ? DefaultCredentialsProvider.builder().build()
                : StaticCredentialsProvider.create(AwsBasicCredentials.create(id, secret));
    }

    @Override
    public void put(ObjectKey key, byte[] content) {
        try {
            client.putObject(request -> request.bucket(bucket).key(name(key)), RequestBody.fromBytes(content));
        } catch (SdkException failure) {
            throw failed("put", key, failure);
        }
    }

    @Override
    public Optional<StoredObject> get(ObjectKey key) {
        try {
            ResponseInputStream<GetObjectResponse> content =
                    client.getObject(request -> request.bucket(bucket).key(name(key)));
            return Optional.of(new StoredObject(content.response().contentLength(), content));
        } catch (NoSuchKeyException none) {
            return Optional.empty();
        } catch (SdkException failure) {
            throw failed("get", key, failure);
        }
    }

    @Override
    public void delete(ObjectKey key) {
        try {
            client.deleteObject(request -> request.bucket(bucket).key(name(key)));
        } catch (NoSuchKeyException none) {
            return;
        } catch (SdkException failure) {
            throw failed("delete", key, failure);
        }
    }

    @Override
    public List<ObjectKey> list(String start, @Nullable ObjectKey after, int most) {
        try {
            return client
                    .listObjectsV2Paginator(request -> request.bucket(bucket)
                            .prefix(prefix + start)
                            .startAfter(after == null ? null : name(after))
                            .maxKeys(most))
                    .contents()
                    .stream()
                    .map(S3Object::key)
                    .flatMap(name -> ObjectKey.parse(name.substring(prefix.length())).stream())
                    .limit(most)
                    .toList();
        } catch (SdkException failure) {
            throw new StorageException(
                    "objects cannot be listed under " + start + ": " + failure.getMessage(), failure);
        }
    }

    @Override
    public void close() {
        client.close();
    }

    private String name(ObjectKey key) {
        return prefix + key;
    }

    private static StorageException failed(String what, ObjectKey key, SdkException cause) {
        return new StorageException("%s of %s failed: %s".formatted(what, key, cause.getMessage()), cause);
    }
}
