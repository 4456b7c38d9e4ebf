package io.bascule.api.openapi;

import io.bascule.api.caller.Caller;
import io.bascule.api.caller.RequestOrigin;
import io.swagger.v3.core.jackson.ModelResolver;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springdoc.core.providers.ObjectMapperProvider;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Tells springdoc what our controllers mean. */
@Configuration(proxyBeanMethods = false)
class OpenApiConfiguration {

    static {
        SpringDocUtils.getConfig().addRequestWrapperToIgnore(Caller.class, RequestOrigin.class);
    }

    @Bean
    ModelResolver modelResolver(ObjectMapperProvider mappers) {
        return new ModelResolver(mappers.jsonMapper(), new SchemaNames()).openapi31(true);
    }

    @Bean
    RequiredComponents requiredComponents() {
        return new RequiredComponents();
    }

    @Bean
    AnyJson anyJson() {
        return new AnyJson();
    }

    @Bean
    OperationCustomizer describeOperation() {
        return new DescribeOperation();
    }

    @Bean
    OpenApiCustomizer describeApi() {
        return new DescribeApi();
    }
}
