package io.bascule.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class StorageAutoConfigurationTests {

    private final ApplicationContextRunner service =
            new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(StorageAutoConfiguration.class));

    @TempDir
    private Path folder;

    @Test
    void withoutConfigurationThereIsNoStorage() {
        service.run(context -> assertThat(context).doesNotHaveBean(ObjectStorage.class));
        service.withPropertyValues("bascule.storage.kind=none")
                .run(context -> assertThat(context).doesNotHaveBean(ObjectStorage.class));
    }

    @Test
    void aDirectoryOrABucketIsOpened() {
        service.withPropertyValues("bascule.storage.kind=directory", "bascule.storage.directory=" + folder)
                .run(context -> assertThat(context).hasSingleBean(DirectoryStorage.class));
        service.withPropertyValues(
                        "bascule.storage.kind=s3",
                        "bascule.storage.s3.bucket=b",
                        "bascule.storage.s3.endpoint=http://127.0.0.1:1",
                        "bascule.storage.s3.access-key=a",
                        "bascule.storage.s3.secret-key=s")
                .run(context -> assertThat(context).hasSingleBean(S3Storage.class));
    }

    @Test
    void whatIsMissingIsNamed() {
        service.withPropertyValues("bascule.storage.kind=directory")
                .run(context -> assertThat(context.getStartupFailure())
                        .hasStackTraceContaining("set bascule.storage.directory too"));
        service.withPropertyValues("bascule.storage.kind=s3")
                .run(context -> assertThat(context.getStartupFailure())
                        .hasStackTraceContaining("set bascule.storage.s3.bucket too"));
    }
}
