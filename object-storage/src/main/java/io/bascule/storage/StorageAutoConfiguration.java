package io.bascule.storage;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** Opens the object storage that is configured; without one there is no bean of it. */
@AutoConfiguration
@EnableConfigurationProperties(StorageProperties.class)
class StorageAutoConfiguration {

    @Bean(destroyMethod = "close")
    @ConditionalOnProperty(name = "bascule.storage.kind", havingValue = "directory")
    ObjectStorage directoryStorage(StorageProperties properties) {
        return new DirectoryStorage(properties.folder());
    }

    @Bean(destroyMethod = "close")
    @ConditionalOnProperty(name = "bascule.storage.kind", havingValue = "s3")
    ObjectStorage s3Storage(StorageProperties properties) {
        return S3Storage.open(properties.place());
    }
}
